#include "simulation/initial_state.hpp"

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "parallel/isolate.hpp"

namespace spinsweep::simulation {

void InitialState::prepare(const device::DeviceParameters& parameters, engine::Worker& worker) {
  study::CaseKey key = study::initial_state_key_of(parameters);
  if (key_ == key) {
    return;
  }
  key_.reset();
  failure_.clear();
  const auto relax = [&] {
    m_ = device::initial_state(parameters, cache_.get(parameters),
                               worker.watch(time_limit_, device::make_mesh(parameters).cells()));
  };
  parallel::isolate(worker.group().communicator(), relax, [this](const std::string& reason) { failure_ = reason; });
  key_ = std::move(key);
}

const std::vector<double>& InitialState::of(const device::DeviceParameters& parameters, engine::Worker& worker) {
  prepare(parameters, worker);
  if (!failure_.empty()) {
    throw SimulationError("the initial wall could not be relaxed: " + failure_);
  }
  return m_;
}

}  // namespace spinsweep::simulation
