#pragma once

#include <Eigen/Core>
#include <span>

/// Thermally activated jumps of a device between neighbouring levels.
namespace spinsweep::retention {

/// Barriers between levels 0 and 1, 1 and 2, ..., J, and how often each is tried, 1/s: Arrhenius' law, rate = frequency
/// exp(-barrier/(kB T)).
struct Barriers {
  std::span<const double> forth;
  std::span<const double> back;
  std::span<const double> frequency_forth;
  std::span<const double> frequency_back;
};

/// Rates from level i (row) to level j (column), 1/s; the diagonal makes the sum of each row zero. temperature: K, > 0.
[[nodiscard]] Eigen::MatrixXd jump_rates(const Barriers& barriers, double temperature);

/// Probabilities that a device that was at level i (row) is at level j (column) after `time` (s, >= 0): exp(rates
/// time). The exponential is that of a short time, whose terms are all positive, squared repeatedly, so that also
/// probabilities far below the machine's precision are accurate.
[[nodiscard]] Eigen::MatrixXd jump_probabilities(const Eigen::MatrixXd& rates, double time);

/// Fraction of devices, evenly distributed over the levels, that are at another level after `time` (s).
[[nodiscard]] double fraction_moved(const Eigen::MatrixXd& rates, double time);

/// The time after which that fraction of devices is at another level, s; infinite if they never are.
[[nodiscard]] double time_to_move(const Barriers& barriers, double temperature, double fraction);

/// The largest temperature at which no larger fraction is at another level after `time` (s), K; 0 if there is none,
/// infinite if it is so at every temperature below 1e4 K.
[[nodiscard]] double largest_temperature(const Barriers& barriers, double time, double fraction);

}  // namespace spinsweep::retention
