#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace spinsweep::programming {

/// `largest`, half of it, a quarter and so on, as long as they are not below `tolerance`; ascending.
[[nodiscard]] std::vector<double> scanned_amplitudes(double largest, double tolerance);

/// The smallest amplitudes above which a wall ends beyond each of `distances` (ascending), to within `tolerance`.
/// distance_at(amplitude): how far ahead of the reset state the wall ends.
///
/// That distance need not rise with the amplitude: a strong pulse may take a wall to the end of the track and back, or
/// change the film beyond recognition. So the scanned_amplitudes() are gone through from below up to the first beyond
/// the distance, and the bracket between it and the one before is halved. Where the distance rises with the amplitude
/// the result is that of halving the range from 0 to `largest`. Nothing where no amplitude of the scan ends beyond.
///
/// Every amplitude is asked for once. With n = log2(largest / tolerance), these are n + 1 at most for the scan and
/// fewer than n for each distance.
[[nodiscard]] std::vector<std::optional<double>> find_thresholds(
    std::span<const double> distances, double largest, double tolerance,
    const std::function<double(double amplitude)>& distance_at);

}  // namespace spinsweep::programming
