#include "study/bisection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "device/track_geometry.hpp"

namespace spinsweep::study {

std::size_t case_count(const Bisection& bisection) {
  const double halvings = std::ceil(std::log2(std::abs(bisection.to - bisection.from) / bisection.tolerance));
  return 2 + static_cast<std::size_t>(std::max(0.0, halvings));
}

std::optional<DecisivePoints> decisive_points(const Bisection& bisection, const device::DeviceParameters& p,
                                              double start) {
  const auto notches = device::notch_sites(p.track, p.notches);
  DecisivePoints points;
  if (bisection.criterion == "reaches_notch") {
    const auto index = static_cast<std::size_t>(bisection.notch) - 1;
    if (index >= notches.size()) {
      return std::nullopt;
    }
    const auto& [notch, width] = notches[index];
    if (start <= notch) {
      points.right = notch - width;
    } else {
      points.left = notch + width;
    }
    return points;
  }
  if (notches.empty()) {
    return std::nullopt;
  }
  for (const auto& [notch, width] : notches) {
    if (notch <= start + 0.5 * width) {
      points.left = notch - width;
    }
    if (notch >= start - 0.5 * width && points.right > notch + width) {
      points.right = notch + width;
    }
  }
  return points;
}

BisectionState replay(const Bisection& bisection, const DecisivePoints& points,
                      std::span<const double> final_positions) {
  BisectionState state{bisection.from, bisection.to, std::nullopt, std::nullopt};
  const auto is_past = [&](std::size_t k) { return points.passed(final_positions[k]); };
  const auto wall_at = [&](std::size_t k, double current_density) {
    const double position = final_positions[k];
    const double nearest =
        std::abs(position - points.left) < std::abs(position - points.right) ? points.left : points.right;
    return fmt::format("there is nothing to bisect: at {:g} A/m2 the wall ends at {:.1f} nm, which is {} {:.1f} nm",
                       current_density, position * 1e9, is_past(k) ? "past" : "not past", nearest * 1e9);
  };
  if (final_positions.empty()) {
    state.next = bisection.from;
    return state;
  }
  if (is_past(0)) {
    state.problem = wall_at(0, bisection.from);
    return state;
  }
  if (final_positions.size() == 1) {
    state.next = bisection.to;
    return state;
  }
  if (!is_past(1)) {
    state.problem = wall_at(1, bisection.to);
    return state;
  }
  for (std::size_t k = 2; k < final_positions.size(); ++k) {
    const double middle = 0.5 * (state.lower + state.upper);
    (is_past(k) ? state.upper : state.lower) = middle;
  }
  if (final_positions.size() < case_count(bisection)) {
    state.next = 0.5 * (state.lower + state.upper);
  }
  return state;
}

}  // namespace spinsweep::study
