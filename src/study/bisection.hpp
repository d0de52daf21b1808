#pragma once

#include <cstddef>
#include <limits>
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
  double to = 0.0;         ///< where it must, A/m^2; of the same sign and larger
  double tolerance = 0.0;  ///< width of the interval at the end, A/m^2

  [[nodiscard]] bool exists() const { return !criterion.empty(); }
};

/// Cases that a bisection takes: both ends and every halving, ceil(log2(|to - from|/tolerance)) + 2.
[[nodiscard]] std::size_t case_count(const Bisection& bisection);

/// Where the final position of a wall says that it has got past, m: left of one point or right of the other.
struct DecisivePoints {
  double left = -std::numeric_limits<double>::infinity();
  double right = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool passed(double position) const { return position < left || position > right; }
};

/// The points that decide for a wall that starts at `start` (m), whichever way the signs of current, DMI and spin Hall
/// angle drive it. first_depinning: a notch's width beyond the centres of the notches that can hold the wall, the
/// first one at the wall or to its right and the last one at the wall or to its left. reaches_notch: a notch's width
/// before the centre of that notch, seen from the wall. Nothing if the device has no such notch.
[[nodiscard]] std::optional<DecisivePoints> decisive_points(const Bisection& bisection,
                                                            const device::DeviceParameters& parameters, double start);

/// How far a bisection is.
struct BisectionState {
  double lower = 0.0;          ///< current density of the largest modulus known to leave the wall, A/m^2
  double upper = 0.0;          ///< of the smallest modulus known to carry it past, A/m^2
  std::optional<double> next;  ///< what to simulate next, A/m^2; nothing if all cases are done or problem is set
  std::optional<std::string> problem;  ///< why there is no such interval: from is past already, to is not
};

/// Replays a bisection from the final wall positions (m) of its cases done so far, in the order of the cases: the
/// outcome depends on nothing else.
[[nodiscard]] BisectionState replay(const Bisection& bisection, const DecisivePoints& points,
                                    std::span<const double> final_positions);

}  // namespace spinsweep::study
