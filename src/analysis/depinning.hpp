#pragma once

#include <optional>
#include <span>
#include <vector>

namespace spinsweep::analysis {

/// A wall's way through the neighbourhood of a pinning site, s from the start of the trace.
struct Passage {
  std::optional<double> arrival;    ///< when it came in; 0 if it was there from the start
  std::optional<double> departure;  ///< when it left at the far side during the pulse

  /// How long the site held the wall, s.
  [[nodiscard]] std::optional<double> delay() const {
    return arrival && departure ? std::optional(*departure - *arrival) : std::nullopt;
  }
};

/// Where a site may hold a wall, m.
struct PinningSite {
  double position = 0.0;
  double before = 0.0;  ///< so far ahead of it the wall has come to it
  double beyond = 0.0;  ///< so far behind it the wall has left it
};

/// The passage of a wall whose position is given at ascending times, linear in between. `forward`: the wall is driven
/// towards larger positions. A wall that starts where it has left the site has no passage. position: m; time,
/// pulse_end: s. Errors: Error if position and time are not equally long.
[[nodiscard]] Passage find_passage(std::span<const double> time, std::span<const double> position, double pulse_end,
                                   const PinningSite& site, bool forward);

/// Whether the wall is driven towards larger positions: whether it is there at the end of the pulse, compared with the
/// start. The signs of current, DMI and spin Hall angle, and applied fields, decide that together; the trace shows it.
/// Arguments as for find_passage(), time not empty.
[[nodiscard]] bool moves_forward(std::span<const double> time, std::span<const double> position, double pulse_end);

/// What one current density did at a site.
struct Trial {
  double current_density = 0.0;  ///< magnitude, A/m^2
  bool held = false;             ///< the wall came to the site and did not leave it
  bool passed = false;           ///< the wall left it at the far side
};

/// Between which current densities a site releases the wall, A/m^2.
struct DepinningCurrent {
  std::optional<double> held;    ///< the largest that did not carry the wall past, below all that did
  std::optional<double> passed;  ///< the smallest that carried it past
};

[[nodiscard]] DepinningCurrent depinning_current(std::span<const Trial> trials);

}  // namespace spinsweep::analysis
