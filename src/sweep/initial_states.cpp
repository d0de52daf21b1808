#include "sweep/initial_states.hpp"

#include <fmt/format.h>

#include <chrono>
#include <exception>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "parallel/agree.hpp"
#include "parallel/broadcast.hpp"
#include "parallel/describe_error.hpp"
#include "parallel/run_together.hpp"

namespace spinsweep::sweep {

InitialStates::InitialStates(const study::DevicePlan& plan, const std::vector<std::size_t>& cases, double time_limit,
                             device::DemagCache& cache, const std::function<void()>& after_step, const CaseGroup& group,
                             const parallel::Communicator& communicator) {
  for (const std::size_t index : cases) {
    const auto [entry, added] = index_.try_emplace(study::initial_state_key_of(plan.cases[index]), states_.size());
    if (added) {
      states_.push_back({.parameters = &plan.cases[index], .m = {}, .failure = {}});
    }
  }
  const auto owner_of = [&](std::size_t k) { return static_cast<int>(k % static_cast<std::size_t>(group.count())); };
  parallel::agree_on(communicator, [&] {
    for (std::size_t k = 0; k < states_.size(); ++k) {
      State& state = states_[k];
      if (owner_of(k) != group.index()) {
        continue;
      }
      const auto start = std::chrono::steady_clock::now();
      const auto check_time = [&] {
        after_step();
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        if (group.of_root(elapsed.count() > time_limit)) {
          throw SimulationError(fmt::format("it took longer than the time limit of {:g} s", time_limit));
        }
      };
      try {
        parallel::run_together(group.communicator(), [&] {
          state.m = device::initial_state(*state.parameters, cache.get(*state.parameters), check_time);
        });
      } catch (const Interrupted&) {
        throw;
      } catch (const EnvironmentError&) {
        throw;
      } catch (const std::exception&) {
        // It fails the cases that start from this state, not the sweep.
        state.failure = parallel::describe_error(std::current_exception()).message;
      }
    }
  });
  parallel::agree_on(communicator, [this] {
    for (State& state : states_) {
      state.m.resize(micromagnetics::FieldLayout(device::make_mesh(state.parameters->track)).size());
    }
  });
  for (std::size_t k = 0; k < states_.size(); ++k) {
    State& state = states_[k];
    MPI_Bcast(state.m.data(), static_cast<int>(state.m.size()), MPI_DOUBLE, group.root_of(owner_of(k)),
              communicator.get());
    parallel::broadcast(state.failure, group.root_of(owner_of(k)), communicator);
  }
}

const std::vector<double>& InitialStates::of(const device::DeviceParameters& parameters) const {
  const State& state = states_[index_.at(study::initial_state_key_of(parameters))];
  if (!state.failure.empty()) {
    throw SimulationError("the initial wall could not be relaxed: " + state.failure);
  }
  return state.m;
}

}  // namespace spinsweep::sweep
