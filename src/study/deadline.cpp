#include "study/deadline.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace spinsweep::study {

namespace {

constexpr double seconds_to_save = 120.0;
constexpr double largest_share_to_save = 0.4;  // below 120 s for jobs of less than five minutes only
constexpr auto no_end = std::numeric_limits<std::int64_t>::max();

std::int64_t read_end_time() {
  const char* variable = std::getenv("SLURM_JOB_END_TIME");
  const std::string_view text = variable == nullptr ? "" : variable;
  if (text.empty()) {
    return no_end;
  }
  std::int64_t end = no_end;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), end);
  if (error != std::errc() || stop != text.data() + text.size()) {
    spdlog::warn(
        "SLURM_JOB_END_TIME is \"{}\" where seconds since 1970 were expected: the run continues until it is "
        "signalled",
        text);
    return no_end;
  }
  if (end <= std::time(nullptr)) {
    spdlog::warn("SLURM_JOB_END_TIME is past, so it is not this job's: the run continues until it is signalled");
    return no_end;
  }
  return end;
}

}  // namespace

Deadline::Deadline(double seconds_to_end, Clock::time_point now)
    : whole_(seconds_to_end - std::min(seconds_to_save, largest_share_to_save * seconds_to_end)) {
  when_ = now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(whole_));
}

Deadline Deadline::of_this_job(const parallel::Communicator& communicator) {
  std::int64_t end = communicator.rank() == 0 ? read_end_time() : no_end;
  MPI_Bcast(&end, 1, MPI_INT64_T, 0, communicator.get());
  if (end == no_end) {
    return {};
  }
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  return {std::max(0.0, static_cast<double>(end) - now.count()), Clock::now()};
}

bool Deadline::allows(double estimated_seconds, Clock::time_point now) const {
  if (!when_) {
    return true;
  }
  const double left = std::chrono::duration<double>(*when_ - now).count();
  return !std::isfinite(estimated_seconds) || estimated_seconds <= left || estimated_seconds > whole_;
}

}  // namespace spinsweep::study
