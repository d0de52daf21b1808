#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/key.hpp"

namespace spinsweep::device {

struct DeviceParameters;

/// length/count of the notches, 0 without notches, m.
[[nodiscard]] double even_pitch(const DeviceParameters& parameters);

/// The width and the depth of notches that are not said to have others, m.
[[nodiscard]] double notch_width(const DeviceParameters& parameters);
[[nodiscard]] double notch_depth(const DeviceParameters& parameters);

/// Whether notches.count, first and pitch place the notches, not notches.list.
[[nodiscard]] bool has_counted_notches(const DeviceParameters& parameters);

/// The outline of a notch over its width, as a share of its depth.
enum class NotchShape {
  semicircle,  ///< half an ellipse where the depth is not half the width
  triangle,
  rectangle,
  trapezoid,  ///< as deep over the middle half of its width, then sloping to the edge
  cosine      ///< (1 + cos(2 pi x/width))/2
};

/// The long edges that have a notch: upper is at the larger y. Of alternating ones the first is on the upper edge.
enum class NotchSide { both, upper, lower, alternating };

/// What notches.list says of one notch, or of one on either edge. What it leaves open is as the other keys have it.
struct ListedNotch {
  double x = 0.0;
  std::optional<double> depth = {};
  std::optional<double> width = {};
  std::optional<NotchShape> shape = {};
  std::optional<NotchSide> side = {};

  static void declare(auto& key) {
    using N = ListedNotch;
    key("x", &N::x, "m", keys::not_negative, "position of the notch").is_required = true;
    key("depth", &N::depth, "m", keys::any, "depth");
    key("width", &N::width, "m", keys::positive, "width");
    key("shape", &N::shape, {"semicircle", "triangle", "rectangle", "trapezoid", "cosine"}, "shape");
    key("side", &N::side, {"both", "upper", "lower"}, "edges");
  }
};

/// Notches in the long edges, which pin the wall.
struct Notches {
  int count = 0;
  double diameter = 20e-9;
  NotchShape shape = NotchShape::semicircle;
  std::optional<double> width = {};
  std::optional<double> depth = {};
  double depth_growth = 1.0;
  NotchSide side = NotchSide::both;
  std::optional<double> first = {};
  std::optional<double> pitch = {};
  std::vector<ListedNotch> list = {};

  static void declare(auto& key) {
    using N = Notches;
    key("count", &N::count, "1", keys::between(0, 10000),
        "notches along the track; one on either edge unless "
        "`notches.side` says otherwise")
        .is_given = has_counted_notches;
    key("diameter", &N::diameter, "m", keys::positive,
        "diameter of a notch; its width and twice its depth where these "
        "are not given");
    key("shape", &N::shape, {"semicircle", "triangle", "rectangle", "trapezoid", "cosine"},
        "shape of the notches; a semicircle is half an ellipse where the depth is not half the width, a trapezoid is "
        "flat over half its width");
    key.following("width", &N::width, "m", keys::positive, "width of a notch; along the edge", "notches.diameter",
                  &notch_width);
    key.following("depth", &N::depth, "m", keys::any, "depth of a notch; negative: a bulge", "notches.diameter/2",
                  &notch_depth);
    key("depth_growth", &N::depth_growth, "1", keys::positive,
        "depth of each notch as a multiple of that of the notch on its left");
    key("side", &N::side, {"both", "upper", "lower", "alternating"},
        "edges that have notches; of alternating ones the first is on the upper edge");
    key.following("first", &N::first, "m", keys::not_negative, "position of the first notch", "length/count",
                  &even_pitch);
    key.following("pitch", &N::pitch, "m", keys::positive, "distance between neighbouring notches", "length/count",
                  &even_pitch);
    key.list(
        "list", &N::list,
        "notches that differ; a list of tables { x, depth, width, shape, side }, of which x, the position, is "
        "required, and the others are as the keys beside it say. In place of `notches.count`, `first` and `pitch`");
  }
};

}  // namespace spinsweep::device
