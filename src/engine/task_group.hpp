#pragma once

#include <utility>

#include "parallel/broadcast.hpp"
#include "parallel/communicator.hpp"
#include "parallel/on_root.hpp"

namespace spinsweep::engine {

/// The ranks that run a task together. The first rank of a group is its root: it asks for the tasks and writes their
/// results. on_root() and of_root() are collective in the group.
class TaskGroup {
 public:
  /// Groups of `ranks` ranks, the last one of fewer if they do not divide the ranks of the run. Collective.
  [[nodiscard]] static TaskGroup of_size(const parallel::Communicator& all, int ranks);

  /// All ranks in `count` groups whose sizes differ by at most one. Collective.
  [[nodiscard]] static TaskGroup one_of(const parallel::Communicator& all, int count);

  [[nodiscard]] const parallel::Communicator& communicator() const { return communicator_; }
  [[nodiscard]] bool is_root() const { return communicator_.rank() == 0; }

  /// The group's number among all groups, and how many these are.
  [[nodiscard]] int index() const { return index_; }
  [[nodiscard]] int count() const { return count_; }

  /// Runs `work` on the root; what it throws is thrown on all ranks of the group.
  template <class Work>
  void on_root(Work&& work) const {
    parallel::on_root(communicator_, std::forward<Work>(work));
  }

  /// The root's value.
  template <class Value>
  [[nodiscard]] Value of_root(Value value) const {
    return parallel::broadcast(std::move(value), communicator_);
  }

 private:
  TaskGroup(const parallel::Communicator& all, int index, int count)
      : index_(index), count_(count), communicator_(all.split(index)) {}

  int index_;
  int count_;
  parallel::Communicator communicator_;
};

}  // namespace spinsweep::engine
