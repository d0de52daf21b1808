#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/interruption.hpp"
#include "base/stopwatch.hpp"
#include "engine/failure.hpp"
#include "engine/progress.hpp"
#include "engine/stop_request.hpp"
#include "engine/task.hpp"
#include "engine/task_group.hpp"
#include "engine/watchdog.hpp"
#include "micromagnetics/step_watch.hpp"
#include "parallel/shared_integers.hpp"
#include "store/case_status.hpp"

namespace spinsweep::engine {

/// A part of a task that has a status of its own: a case, a training.
struct Piece {
  std::string name;   ///< "case 3: notches.count 5"
  double cost = 0.0;  ///< estimated computing time on one core, s
  /// Writes that it is running or interrupted. Collective in the group; may be empty.
  std::function<void(store::CaseStatus)> mark;
  /// Writes that it failed and why. Collective in the group; may be empty.
  std::function<void(const std::string& reason)> fail;
};

/// The engine as a running task sees it: it isolates failures, stops and reports.
class Worker {
 public:
  /// group: outlives the worker. max_failures: that many failed pieces stop the run. asked_to_stop: whether this rank
  /// was. Collective over all ranks, like the destructor.
  Worker(std::string stage, const TaskGroup& group, const WorkAhead& ahead, const parallel::Communicator& all,
         std::int64_t max_failures = std::numeric_limits<std::int64_t>::max(),
         std::function<bool()> asked_to_stop = interruption_requested);

  [[nodiscard]] const TaskGroup& group() const { return group_; }

  /// Whether this rank knows that the run is to stop. Not collective.
  [[nodiscard]] bool stop_requested() { return stop_.seen(); }

  /// Throws Interrupted, on all ranks of the group, if the run is to stop as the root sees it. Collective in the group.
  void throw_if_stopped();

  /// For a simulation without checkpoints on a mesh of `cells` cells: the functions throw Interrupted as
  /// throw_if_stopped() does, or SimulationError when `time_limit` (s, from this call on) or the limit of a Watchdog is
  /// exceeded. They are collective in the group.
  [[nodiscard]] micromagnetics::StepWatch watch(double time_limit, std::size_t cells);

  /// A watchdog over a simulation on a mesh of `cells` cells by this thread. As its last resort it marks the present
  /// piece as failed, unless ranks share it.
  [[nodiscard]] std::shared_ptr<Watchdog> watchdog(std::size_t cells);

  /// Marks the piece as running and runs `work`, which is collective in the group and reports its result. An error
  /// fails this piece alone. Returns whether it is done. Errors: Interrupted, with the piece marked; EnvironmentError.
  bool run(const Piece& piece, const std::function<void()>& work);

  /// Fails a piece without running it.
  void fail(const Piece& piece, const std::string& reason);

  /// Reports in one line that a piece is done. cost: as in Piece.
  void report_done(const std::string& text, double cost);

  /// For the engine itself: a resource was prepared.
  void count_preparation(double cost, double seconds);
  void stop() { stop_.raise(); }
  void pass_on_stop_request() { static_cast<void>(stop_.seen()); }
  [[nodiscard]] bool stop_requested_now() { return stop_.seen_now(); }
  void begin(const Task& task) { task_ = task; }
  [[nodiscard]] bool too_many_failures() { return failure_count_.get(0) >= max_failures_; }
  /// With the number of their task; on the group's root.
  [[nodiscard]] const std::vector<std::pair<std::uint64_t, Failure>>& failures() const { return failures_; }

 private:
  struct Running {
    const Piece* piece;
    Stopwatch time;  ///< since it began
  };

  const TaskGroup& group_;
  StopRequest stop_;
  Progress progress_;
  parallel::SharedIntegers failure_count_;
  std::int64_t max_failures_;
  std::vector<std::pair<std::uint64_t, Failure>> failures_;
  std::optional<Running> running_;  ///< the present piece
  Task task_;                       ///< that the piece belongs to
};

}  // namespace spinsweep::engine
