#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/key.hpp"

namespace spinsweep::device {

struct DeviceParameters;

/// Half a pitch left of the first notch, but not left of the middle between the track's end and that notch; a tenth of
/// the length without notches; m.
[[nodiscard]] double default_wall_position(const DeviceParameters& parameters);

/// The position of the initial wall, given or not, m.
[[nodiscard]] double initial_wall_position(const DeviceParameters& parameters);

/// Which way round a wall is.
enum class WallKind {
  down_up,  ///< the domain on its left points down, the other one up
  up_down
};

/// One of several initial walls.
struct ListedWall {
  double x = 0.0;
  double tilt = 0.0;

  static void declare(auto& key) {
    key("x", &ListedWall::x, "m", keys::not_negative, "position of the wall").is_required = true;
    key("tilt", &ListedWall::tilt, "rad", keys::between(-1.2, 1.2), "tilt");
  }
};

/// The initial domain wall.
struct InitialWall {
  std::optional<double> position;
  double width = 10e-9;
  double tilt = 0.0;
  std::vector<ListedWall> list = {};
  WallKind polarity = WallKind::down_up;
  bool relax = true;
  std::string file = {};
  std::string file_checksum = {};

  static void declare(auto& key) {
    key.following("position", &InitialWall::position, "m", keys::not_negative,
                  "initial position of the wall; by default at least half as far from the end as the first notch, and "
                  "a tenth of the length without notches",
                  "half a pitch left of the first notch", &default_wall_position);
    key("width", &InitialWall::width, "m", keys::positive,
        "width of the initial wall; Delta of m_z = tanh((x - position)/Delta)");
    key("tilt", &InitialWall::tilt, "rad", keys::between(-1.2, 1.2),
        "angle of the initial wall to the direction across the track; above 0 its upper end lies further right");
    key.list("list", &InitialWall::list,
             "several initial walls; a list of tables { x, tilt }, of which x, the position, is required. In place of "
             "`initial_wall.position` and `tilt`. The domains alternate");
    key("polarity", &InitialWall::polarity, {"down_up", "up_down"},
        "direction of the domains; to the left and to the right of the initial wall, of several of the first one");
    key("relax", &InitialWall::relax, "whether the initial wall is relaxed before the pulse");
    key("file", &InitialWall::file,
        "OVF, VTK or discretisedfield HDF5 file whose magnetisation a case starts from; instead of a straight wall. "
        "Then no other key of the initial wall but `relax` has an effect, and the polarity is that of the file. A "
        "relative path starts from the folder of the sweep file. The file is identified by its checksum, not by its "
        "name",
        keys::Role::run);
    key("file_checksum", &InitialWall::file_checksum,
        "checksum of that file; stored in the results file, so that a run is not resumed with other contents");
  }
};

}  // namespace spinsweep::device
