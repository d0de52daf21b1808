#pragma once

#include <optional>
#include <string>
#include <vector>

#include "device/demag_cache.hpp"
#include "device/parameters.hpp"
#include "engine/worker.hpp"
#include "study/case_identity.hpp"

namespace spinsweep::simulation {

/// The magnetisation that the cases of a group of ranks start from. Cases of the same geometry, material, applied field
/// and wall share one, so the group holds one at a time.
class InitialState {
 public:
  /// time_limit: of a relaxation, s. The cache must outlive this object.
  InitialState(device::DemagCache& cache, double time_limit) : cache_(cache), time_limit_(time_limit) {}

  /// Makes the state of a case unless it is the one held. A failure is kept for those who ask for the state. Collective
  /// in the group. Errors: Interrupted, EnvironmentError.
  void prepare(const device::DeviceParameters& parameters, engine::Worker& worker);

  /// The same, and gives the state. Errors also: SimulationError if it could not be made.
  [[nodiscard]] const std::vector<double>& of(const device::DeviceParameters& parameters, engine::Worker& worker);

 private:
  device::DemagCache& cache_;
  double time_limit_;
  std::optional<study::CaseKey> key_;  ///< of the state that is held
  std::vector<double> m_;
  std::string failure_;
};

}  // namespace spinsweep::simulation
