#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimum_energy_path.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {

/// What is known of the path on which a wall leaves the track over one of its ends.
enum class LossPath : std::int8_t {
  unknown,
  found,
  closed,  ///< the end is closed
  none,    ///< a track without a wall is not stable: the wall comes back at once
  failed   ///< the search for the path has failed
};

/// The loss of the wall over one end of the track.
struct Loss {
  LossPath kind = LossPath::unknown;
  double conductance = 0.0;  ///< of the device without a wall, S; of a path that is found
  /// Left to right: over the left end it leads from the track without a wall to the first well, over the right one from
  /// the last well to the track without a wall.
  micromagnetics::MinimumEnergyPath path = {};
  double barrier = 0.0;     ///< of the loss, J
  double frequency = 0.0;   ///< at which it is attempted, 1/s
  std::string reason = {};  ///< why the search has failed
};

/// The losses over the left and the right end, from the first and the last well. is_symmetric: the track is its own
/// mirror image, and so are these paths. A search that fails does so for its end alone. Errors: whatever after_step
/// throws.
[[nodiscard]] std::array<Loss, 2> find_losses(micromagnetics::LlgsSystem& system, const device::DeviceParameters& p,
                                              const std::vector<Well>& wells, bool is_symmetric,
                                              std::size_t most_images, const std::function<void()>& after_step);

}  // namespace spinsweep::retention
