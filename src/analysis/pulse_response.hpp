#pragma once

#include <optional>
#include <span>

namespace spinsweep::analysis {

/// How nonlinearly a conductance follows equal pulses, as a label of NeuroSim: P.-Y. Chen, X. Peng, S. Yu, IEEE TCAD
/// 37, 3067 (2018), eqs. 2 to 4,
///
///   G = B (1 - exp(-P/A)) + Gmin,   B = (Gmax - Gmin)/(1 - exp(-Pmax/A)),
///
/// for P pulses from the lower end of the range; on the way down P counts backwards. The label of a curve is its
/// largest perpendicular distance from the straight line, both axes normalised to 1, in units of 0.07: this reproduces
/// getParamA() of NeuroSim, whose labels from 0.01 to 9 stand for Pmax/A from 0.0079 to 43.8. It has the sign of A:
/// positive if the first pulses up, or the last ones down, change most.
[[nodiscard]] double nonlinearity_label(double inverse_a);  ///< Pmax/A

/// The label of the curve fitted by least squares to `conductance`, before the first pulse and after each, between its
/// ends; on the way down the values descend. Nothing if there are fewer than two pulses or both ends are equal.
[[nodiscard]] std::optional<double> nonlinearity(std::span<const double> conductance);

/// The largest distance between the way up and the way back after equal numbers of pulses from the lower end, over the
/// range of both: 0 if the way back is the way up. Of each way the conductance before the first pulse and after each.
/// Nothing if they have different numbers of pulses or no range.
[[nodiscard]] std::optional<double> asymmetry(std::span<const double> first, std::span<const double> back);

}  // namespace spinsweep::analysis
