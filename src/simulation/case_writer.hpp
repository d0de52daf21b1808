#pragma once

#include <cstdint>
#include <string>

#include "device/simulation.hpp"
#include "engine/task_group.hpp"
#include "results/results.hpp"
#include "store/case_status.hpp"

namespace spinsweep::simulation {

/// Writes what becomes of a device's cases to their rows of the results file: from the root of the group of ranks that
/// simulates the case. All functions are collective in that group.
class CaseWriter {
 public:
  CaseWriter(results::Results& results, const device::Kind& kind, const engine::TaskGroup& ranks)
      : results_(results.of(kind)), ranks_(ranks) {}

  /// Everything a finished case yielded, then its status. wall_time: s.
  void finish(std::uint64_t index, const device::DeviceParameters& parameters, const device::CaseRecord& record,
              double wall_time);

  /// Why the case failed, then its status.
  void fail(std::uint64_t index, const std::string& reason);

  /// The current density (A/m^2) a bisection has found for the case.
  void set_current_density(std::uint64_t index, double current_density);

  /// Sets the status to done or failed once all results are on the disk.
  void commit(std::uint64_t index, store::CaseStatus status);

  /// Sets the status to running or interrupted without waiting for the disk.
  void mark(std::uint64_t index, store::CaseStatus status);

 private:
  results::DeviceResults results_;
  const engine::TaskGroup& ranks_;
};

}  // namespace spinsweep::simulation
