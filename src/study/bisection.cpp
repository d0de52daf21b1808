#include "study/bisection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "device/track_geometry.hpp"

namespace spinsweep::study {

std::size_t case_count(const Bisection& bisection) {
  const double halvings = std::ceil(std::log2((bisection.to - bisection.from) / bisection.tolerance));
  return 2 + static_cast<std::size_t>(std::max(0.0, halvings));
}

std::optional<double> decisive_position(const Bisection& bisection, const device::DeviceParameters& p) {
  const auto notches = device::notch_positions(p.track, p.notches);
  if (bisection.criterion == "reaches_notch") {
    const auto index = static_cast<std::size_t>(bisection.notch) - 1;
    return index < notches.size() ? std::optional(notches[index] - p.notches.diameter) : std::nullopt;
  }
  const double wall = device::initial_wall_position(p);
  const auto holder =
      std::find_if(notches.begin(), notches.end(), [&](double x) { return x >= wall - 0.5 * p.notches.diameter; });
  return holder != notches.end() ? std::optional(*holder + p.notches.diameter) : std::nullopt;
}

BisectionState replay(const Bisection& bisection, double decisive_position, std::span<const double> final_positions) {
  BisectionState state{bisection.from, bisection.to, std::nullopt, std::nullopt};
  const auto is_past = [&](std::size_t k) { return final_positions[k] > decisive_position; };
  const auto wall_at = [&](std::size_t k, double current_density) {
    return fmt::format("there is nothing to bisect: at {:g} A/m2 the wall ends at {:.1f} nm, which is {} {:.1f} nm",
                       current_density, final_positions[k] * 1e9, is_past(k) ? "past" : "not past",
                       decisive_position * 1e9);
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
