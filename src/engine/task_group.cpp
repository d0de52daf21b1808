#include "engine/task_group.hpp"

namespace spinsweep::engine {

TaskGroup TaskGroup::of_size(const parallel::Communicator& all, int ranks) {
  return {all, all.rank() / ranks, (all.size() + ranks - 1) / ranks};
}

TaskGroup TaskGroup::one_of(const parallel::Communicator& all, int count) {
  return {all, all.rank() * count / all.size(), count};
}

}  // namespace spinsweep::engine
