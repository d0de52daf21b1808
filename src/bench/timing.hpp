#pragma once

#include <functional>

namespace spinsweep::bench {

/// Processor time this thread has used, s. Other programs on the machine do not count in it.
[[nodiscard]] double thread_seconds();

/// Median processor time of one call, s. Calls are repeated for about `budget` (s), at least five times, after one
/// that is not counted.
[[nodiscard]] double median_seconds(const std::function<void()>& call, double budget = 0.3);

}  // namespace spinsweep::bench
