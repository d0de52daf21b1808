#pragma once

#include <chrono>
#include <limits>
#include <optional>

#include "parallel/communicator.hpp"

namespace spinsweep::study {

/// When a batch job must begin to save its work, so that it is done before the job is killed: 120 s before the job's
/// end, as the scripts in jobs/ ask SLURM for a signal, or 0.4 of the job's time if that is less.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// No end.
  Deadline() = default;

  /// A job that ends `seconds_to_end` after `now`.
  Deadline(double seconds_to_end, Clock::time_point now);

  /// From SLURM_JOB_END_TIME (Unix time, s), which SLURM sets or the batch script does, in the first rank's
  /// environment. Collective. Without the variable, or with a past one or no number (a warning), there is no end.
  [[nodiscard]] static Deadline of_this_job(const parallel::Communicator& communicator);

  /// Nothing: no end.
  [[nodiscard]] std::optional<Clock::time_point> when() const { return when_; }

  /// Whether a case with this estimated time should be started: if it can be finished in time, or if it is longer than
  /// the whole job, so that deferring it would not help. A case without an estimate (NaN) is started too.
  [[nodiscard]] bool allows(double estimated_seconds, Clock::time_point now = Clock::now()) const;

 private:
  std::optional<Clock::time_point> when_;
  double whole_ = std::numeric_limits<double>::infinity();  ///< seconds between the beginning and when_
};

}  // namespace spinsweep::study
