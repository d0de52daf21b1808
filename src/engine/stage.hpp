#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/failure.hpp"
#include "engine/task.hpp"
#include "engine/worker.hpp"
#include "study/deadline.hpp"

namespace spinsweep::engine {

/// The work of a stage in this run, the same on all ranks.
struct Workload {
  std::vector<Task> tasks;
  std::vector<double> preparation_costs;  ///< of each resource that Task::needs may name, estimated, s
  std::size_t pieces = 0;                 ///< that the tasks consist of
  double seconds_afterwards = 0.0;        ///< that the stages after this one take as estimated, s
};

/// A kind of work on the study: simulating devices, finding levels, training networks. Each rank has an object of its
/// own; prepare() and run() are collective in the rank's group.
class Stage {
 public:
  Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  Stage(Stage&&) = delete;
  Stage& operator=(Stage&&) = delete;
  virtual ~Stage() = default;

  /// Its name in messages: "synapse".
  [[nodiscard]] virtual std::string name() const = 0;

  /// The ranks that run a task together.
  [[nodiscard]] virtual const TaskGroup& group() const = 0;

  [[nodiscard]] virtual Workload workload() const = 0;

  /// Prepares the resource that the next tasks need, in place of the previous one. Errors end the run; an error that is
  /// to fail only the tasks that need the resource must be kept for them.
  virtual void prepare(std::size_t resource, Worker& worker);

  /// Runs a task piece by piece through worker.run(). Errors other than those of a piece end the run.
  virtual void run(const Task& task, Worker& worker) = 0;
};

/// Conditions that end a stage early.
struct Limits {
  study::Deadline deadline;  ///< of the batch job: tasks that would not be finished before it are deferred
  std::int64_t max_failures = std::numeric_limits<std::int64_t>::max();  ///< of pieces
};

/// How a stage ended, the same on all ranks.
struct StageOutcome {
  std::vector<Failure> failures;     ///< of this run, in the order of the tasks
  bool interrupted = false;          ///< asked to stop, or something was deferred: the rest can be resumed
  std::int64_t deferred = 0;         ///< tasks for which the batch job has not enough time left
  bool stopped_by_failures = false;  ///< Limits::max_failures was reached
};

/// Runs the tasks of a stage. Groups of ranks take one after the other from shared counters: those with a checkpoint
/// first, then the costliest, as far as possible those that need what the group holds. A piece that fails is recorded
/// and the rest is run. Collective. Errors, on all ranks alike: EnvironmentError and whatever the stage throws outside
/// of its pieces, after all groups have stopped.
[[nodiscard]] StageOutcome run(Stage& stage, const Limits& limits, const parallel::Communicator& communicator);

}  // namespace spinsweep::engine
