#pragma once

#include <type_traits>
#include <utility>

#include "parallel/agree.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::sweep {

/// Errors: InputError if a run of so many ranks has fewer than a case needs.
void require_ranks(int ranks_per_case, int ranks);

/// The ranks that simulate a case together: RunSettings::ranks_per_case of them, fewer in the last group if they do not
/// divide the ranks of the run. The first rank of a group is its root: it asks for the cases and writes what they
/// yield. The functions are collective in the group.
class CaseGroup {
 public:
  /// Collective. Errors: those of require_ranks().
  CaseGroup(const parallel::Communicator& all, int ranks_per_case);

  [[nodiscard]] const parallel::Communicator& communicator() const { return communicator_; }
  [[nodiscard]] bool is_root() const { return communicator_.rank() == 0; }

  /// The group's number among all groups, and how many these are.
  [[nodiscard]] int index() const { return index_; }
  [[nodiscard]] int count() const { return count_; }
  /// The root of a group, as a rank of all.
  [[nodiscard]] int root_of(int group) const { return group * ranks_per_case_; }

  /// Runs `work` on the root; what it throws is thrown on all ranks of the group.
  template <class Work>
  void on_root(Work&& work) const {
    if (communicator_.size() == 1) {
      std::forward<Work>(work)();
      return;
    }
    parallel::agree_on(communicator_, [&] {
      if (is_root()) {
        std::forward<Work>(work)();
      }
    });
  }

  /// The root's value.
  template <class Value>
  [[nodiscard]] Value of_root(Value value) const {
    static_assert(std::is_trivially_copyable_v<Value>);
    MPI_Bcast(&value, sizeof value, MPI_BYTE, 0, communicator_.get());
    return value;
  }

 private:
  int ranks_per_case_;
  int index_;
  int count_;
  parallel::Communicator communicator_;
};

}  // namespace spinsweep::sweep
