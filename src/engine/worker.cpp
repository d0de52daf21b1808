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

micromagnetics::StepWatch Worker::watch(double time_limit, std::size_t cells) {
  const auto dog = watchdog(cells);
  const auto look = [this, time_limit, stopwatch = Stopwatch(), dog] {
    throw_if_stopped();
    if (group_.of_root(stopwatch.seconds() > time_limit)) {
      throw SimulationError(fmt::format("it took longer than the time limit of {:g} s", time_limit));
    }
    if (group_.of_root(dog->is_overdue())) {
      throw SimulationError(dog->reason());
    }
  };
  const auto after_step = [look, dog](double time) {
    dog->reached(time);
    look();
  };
  return {after_step, look};
}

std::shared_ptr<Watchdog> Worker::watchdog(std::size_t cells) {
  const Piece* piece = running_ ? running_->piece : nullptr;
  const auto fail = [this, piece](const std::string& reason) {
    // Where ranks share the piece, marking it would wait for the rank that does not answer.
    if (piece != nullptr && piece->fail && group_.communicator().size() == 1) {
      piece->fail(reason);
    }
  };
  return std::make_shared<Watchdog>(piece != nullptr ? piece->name : "an initial wall",
                                    watchdog_limit(static_cast<double>(cells)), fail);
}

bool Worker::run(const Piece& piece, const std::function<void()>& work) {
  throw_if_stopped();
  const auto mark = [&piece](store::CaseStatus status) {
    if (piece.mark) {
      piece.mark(status);
    }
  };
  mark(store::CaseStatus::running);
  running_ = Running{&piece, Stopwatch()};
  try {
    const bool done =
        parallel::isolate(group_.communicator(), work, [&](const std::string& reason) { fail(piece, reason); });
    running_.reset();
    return done;
  } catch (const Interrupted&) {
    running_.reset();
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
    const auto seconds = running_ && !task_.has_checkpoint ? std::optional(running_->time.seconds()) : std::nullopt;
    progress_.report_done(text, cost, seconds);
  }
}

void Worker::count_preparation(double cost, double seconds) {
  if (group_.is_root()) {
    progress_.count(cost, seconds);
  }
}

}  // namespace spinsweep::engine
