#include "bench/timing.hpp"

#include <time.h>

#include <algorithm>
#include <vector>

namespace spinsweep::bench {

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median_seconds(const std::function<void()>& call, double budget) {
  constexpr std::size_t fewest = 5;
  call();
  std::vector<double> seconds;
  const double start = thread_seconds();
  for (double now = start; seconds.size() < fewest || now - start < budget;) {
    call();
    const double end = thread_seconds();
    seconds.push_back(end - now);
    now = end;
  }
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

}  // namespace spinsweep::bench
