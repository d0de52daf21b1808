#include "sweep/case_group.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace spinsweep::sweep {

void require_ranks(int ranks_per_case, int ranks) {
  if (ranks_per_case > ranks) {
    throw InputError(
        fmt::format("solver.ranks_per_case is {}, but the run has {} rank{}; start it under mpirun -n {}, "
                    "or with --set solver.ranks_per_case={}",
                    ranks_per_case, ranks, ranks == 1 ? "" : "s", ranks_per_case, ranks));
  }
}

CaseGroup::CaseGroup(const parallel::Communicator& all, int ranks_per_case)
    : ranks_per_case_(ranks_per_case),
      index_(all.rank() / ranks_per_case),
      count_((all.size() + ranks_per_case - 1) / ranks_per_case),
      communicator_(all.split(index_)) {
  require_ranks(ranks_per_case, all.size());
}

}  // namespace spinsweep::sweep
