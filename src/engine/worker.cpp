#include "engine/worker.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "parallel/isolate.hpp"

namespace spinsweep::engine {

Worker::Worker(std::string stage, const TaskGroup& group, const WorkAhead& ahead, const parallel::Communicator& all,
               std::int64_t max_failures, std::function<bool()> asked_to_stop)
    : group_(group),
      stop_(all, std::move(asked_to_stop)),
      progress_(std::move(stage), ahead, all),
      failure_count_(all, 1),
      max_failures_(max_failures) {
  progress_.begin();
}

void Worker::throw_if_stopped() {
  if (group_.of_root(stop_.seen())) {
    throw Interrupted();
  }
}

std::function<void()> Worker::after_step(double time_limit) {
  return [this, time_limit, watch = Stopwatch()] {
    throw_if_stopped();
    if (group_.of_root(watch.seconds() > time_limit)) {
      throw SimulationError(fmt::format("it took longer than the time limit of {:g} s", time_limit));
    }
  };
}

bool Worker::run(const Piece& piece, const std::function<void()>& work) {
  throw_if_stopped();
  const auto mark = [&piece](store::CaseStatus status) {
    if (piece.mark) {
      piece.mark(status);
    }
  };
  mark(store::CaseStatus::running);
  running_.emplace();
  try {
    const bool done =
        parallel::isolate(group_.communicator(), work, [&](const std::string& reason) { fail(piece, reason); });
    running_.reset();
    return done;
  } catch (const Interrupted&) {
    mark(store::CaseStatus::interrupted);
    throw;
  }
}

void Worker::fail(const Piece& piece, const std::string& reason) {
  if (piece.fail) {
    piece.fail(reason);
  }
  if (!group_.is_root()) {
    return;
  }
  progress_.report_failed(fmt::format("{} failed: {}", piece.name, reason), piece.cost);
  failures_.emplace_back(task_.number, Failure{piece.name, reason});
  if (failure_count_.add(0, 1) + 1 >= max_failures_) {
    stop_.raise();
  }
}

void Worker::report_done(const std::string& text, double cost) {
  if (group_.is_root()) {
    // The time of a piece that an earlier run began does not measure its cost.
    const auto seconds = running_ && !task_.has_checkpoint ? std::optional(running_->seconds()) : std::nullopt;
    progress_.report_done(text, cost, seconds);
  }
}

void Worker::count_preparation(double cost, double seconds) {
  if (group_.is_root()) {
    progress_.count(cost, seconds);
  }
}

}  // namespace spinsweep::engine
