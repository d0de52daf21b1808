#pragma once

#include <exception>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "parallel/describe_error.hpp"
#include "parallel/run_collective.hpp"

namespace spinsweep::parallel {

/// Runs `work` as run_collective() does and keeps an error of its own from ending the run: on_failure(reason) is called
/// instead, on all ranks of the group. Interrupted and EnvironmentError are rethrown: a disk that is full for one task
/// is full for all. Returns whether `work` succeeded. Collective in the group.
template <class Work, class OnFailure>
bool isolate(const Communicator& group, Work&& work, OnFailure&& on_failure) {
  std::string reason;
  try {
    run_collective(group, std::forward<Work>(work));
    return true;
  } catch (const Interrupted&) {
    throw;
  } catch (const EnvironmentError&) {
    throw;
  } catch (const std::exception&) {
    reason = describe_error(std::current_exception()).message;
  }
  std::forward<OnFailure>(on_failure)(reason);
  return false;
}

}  // namespace spinsweep::parallel
