#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "device/parameters.hpp"

namespace spinsweep::study {

/// An axis whose values are found while the sweep runs: pulse.current_density = { bisect, from, to, tolerance } halves
/// an interval until it holds, to within the tolerance, the current density above which the wall gets past a point.
struct Bisection {
  std::string criterion;   ///< "first_depinning" or "reaches_notch"; empty: no axis is bisected
  int notch = 0;           ///< of reaches_notch, 1 for the first
  double from = 0.0;       ///< where the wall must not get past the point, A/m^2
  double to = 0.0;         ///< where it must, A/m^2
  double tolerance = 0.0;  ///< width of the interval at the end, A/m^2

  [[nodiscard]] bool exists() const { return !criterion.empty(); }
};

/// Cases that a bisection takes: both ends and every halving, ceil(log2((to - from)/tolerance)) + 2.
[[nodiscard]] std::size_t case_count(const Bisection& bisection);

/// The point (x of the wall's final position, m) that decides. first_depinning: a notch's diameter beyond the centre of
/// the notch that holds the wall, the first one at the wall or to its right. reaches_notch: a notch's diameter before
/// the centre of that notch. Nothing if the device has no such notch.
[[nodiscard]] std::optional<double> decisive_position(const Bisection& bisection,
                                                      const device::DeviceParameters& parameters);

/// How far a bisection is.
struct BisectionState {
  double lower = 0.0;          ///< largest current density known to leave the wall before the point, A/m^2
  double upper = 0.0;          ///< smallest one known to carry it past, A/m^2
  std::optional<double> next;  ///< what to simulate next, A/m^2; nothing if all cases are done or problem is set
  std::optional<std::string> problem;  ///< why there is no such interval: from is past already, to is not
};

/// Replays a bisection from the final wall positions (m) of its cases done so far, in the order of the cases: the
/// outcome depends on nothing else.
[[nodiscard]] BisectionState replay(const Bisection& bisection, double decisive_position,
                                    std::span<const double> final_positions);

}  // namespace spinsweep::study
