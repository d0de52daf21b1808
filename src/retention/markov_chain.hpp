#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

/// Thermally activated jumps of a device between neighbouring levels.
namespace spinsweep::retention {

/// A way out of the first or the last level, over an end of the track, on which the wall is lost for ever.
struct WayOut {
  double barrier = std::numeric_limits<double>::infinity();  ///< J
  double frequency = 0.0;                                    ///< 1/s
};

/// Barriers between levels 0 and 1, 1 and 2, ..., J, and how often each is tried, 1/s: Arrhenius' law, rate = frequency
/// exp(-barrier/(kB T)).
struct Barriers {
  std::span<const double> forth;
  std::span<const double> back;
  std::span<const double> frequency_forth;
  std::span<const double> frequency_back;
  /// Out of the first level and out of the last one; none: the wall stays on the track.
  std::optional<std::array<WayOut, 2>> ways_out = std::nullopt;

  [[nodiscard]] std::size_t levels() const { return forth.size() + 1; }
};

/// Rates from state i (row) to state j (column), 1/s; the diagonal makes the sum of each row zero. The states are the
/// levels, and behind them, with ways out, the track whose wall has left over the left end, and over the right one;
/// these two are never left. temperature: K, > 0.
[[nodiscard]] Eigen::MatrixXd jump_rates(const Barriers& barriers, double temperature);

/// Probabilities that a device that was in state i (row) is in state j (column) after `time` (s, >= 0): exp(rates
/// time). The exponential is that of a short time, whose terms are all positive, squared repeatedly, so that also
/// probabilities far below the machine's precision are accurate.
[[nodiscard]] Eigen::MatrixXd jump_probabilities(const Eigen::MatrixXd& rates, double time);

/// The time after which that fraction of devices, evenly distributed over the levels, is at another level or has lost
/// its wall, s; infinite if it never is.
[[nodiscard]] double time_to_move(const Barriers& barriers, double temperature, double fraction);

/// The largest temperature at which no larger fraction has done so after `time` (s), K; 0 if there is none, infinite
/// if it is so at every temperature below 1e4 K.
[[nodiscard]] double largest_temperature(const Barriers& barriers, double time, double fraction);

}  // namespace spinsweep::retention
