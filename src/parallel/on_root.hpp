#pragma once

#include <type_traits>
#include <utility>

#include "parallel/agree.hpp"
#include "parallel/broadcast.hpp"

namespace spinsweep::parallel {

/// Runs `work` on the first rank; an exception is thrown on all ranks. Collective.
template <class Work>
void on_root(const Communicator& communicator, Work&& work) {
  if (communicator.size() == 1) {
    std::forward<Work>(work)();
    return;
  }
  collectively(communicator, [&] {
    if (communicator.rank() == 0) {
      std::forward<Work>(work)();
    }
  });
}

/// Returns the result of `work` on the first rank to all ranks; an exception is thrown on all ranks. Collective.
template <class Work>
[[nodiscard]] std::invoke_result_t<Work> of_root(const Communicator& communicator, Work&& work) {
  std::invoke_result_t<Work> result{};
  on_root(communicator, [&] { result = std::forward<Work>(work)(); });
  return broadcast(std::move(result), communicator);
}

}  // namespace spinsweep::parallel
