#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace spinsweep::programming {

/// The amplitudes above which a wall ends beyond each of `distances` (ascending), to within `tolerance`: the middle of
/// a bracket that is halved from 0 and `largest`. Nothing where it does not end beyond at `largest`. Every amplitude is
/// asked for once. distance_at(amplitude): how far ahead of the reset state the wall ends.
[[nodiscard]] std::vector<std::optional<double>> find_thresholds(
    std::span<const double> distances, double largest, double tolerance,
    const std::function<double(double amplitude)>& distance_at);

}  // namespace spinsweep::programming
