#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "device/demag_cache.hpp"
#include "parallel/communicator.hpp"
#include "study/case_identity.hpp"
#include "study/study.hpp"
#include "sweep/case_group.hpp"

namespace spinsweep::sweep {

/// The magnetisations that cases start from, on every rank. Cases of the same geometry, material, applied field and
/// wall share one.
class InitialStates {
 public:
  /// Collective: the distinct states of the cases in the list are computed by all ranks together, each state by one
  /// group. after_step is called after every step of a relaxation, and must throw on all ranks of a group or on none.
  /// A state that takes longer than time_limit (s) is given up. Errors: what after_step throws, on all ranks alike.
  InitialStates(const study::DevicePlan& plan, const std::vector<std::size_t>& cases, double time_limit,
                device::DemagCache& cache, const std::function<void()>& after_step, const CaseGroup& group,
                const parallel::Communicator& communicator);

  [[nodiscard]] std::size_t count() const { return states_.size(); }

  /// Errors: SimulationError if the state could not be made.
  [[nodiscard]] const std::vector<double>& of(const device::DeviceParameters& parameters) const;

 private:
  struct State {
    const device::DeviceParameters* parameters;
    std::vector<double> m;
    std::string failure;
  };

  std::vector<State> states_;
  std::map<study::CaseKey, std::size_t> index_;
};

}  // namespace spinsweep::sweep
