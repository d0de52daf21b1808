#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "device/simulation.hpp"
#include "engine/task_group.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"

namespace spinsweep::sweep {

/// Writes what becomes of a device's cases to their rows of the results file: from the root of the group of ranks that
/// simulates the case. All functions are collective in that group.
class CaseWriter {
 public:
  CaseWriter(store::ResultsFile& file, const std::string& group, const engine::TaskGroup& ranks)
      : file_(file), group_("/" + group + "/"), ranks_(ranks) {}

  /// Everything a finished case yielded, then its status. wall_time: s.
  void finish(std::uint64_t index, const device::DeviceParameters& parameters, const device::CaseRecord& record,
              double wall_time);

  /// Why the case failed, then its status.
  void fail(std::uint64_t index, const std::string& reason);

  /// The current density (A/m^2) a bisection has found for the case.
  void set_current_density(std::uint64_t index, double current_density);

  /// Says that the case is done or has failed, when all of that is on the disk.
  void commit(std::uint64_t index, store::CaseStatus status);

  /// Says that the case is running or interrupted, without waiting for the disk.
  void mark(std::uint64_t index, store::CaseStatus status);

 private:
  void write_record(std::uint64_t index, const device::DeviceParameters& parameters, const device::CaseRecord& record,
                    double wall_time);
  void put(const std::string& variable, const store::Extent& start, const store::Extent& count,
           const std::vector<double>& values);

  store::ResultsFile& file_;
  std::string group_;
  const engine::TaskGroup& ranks_;
};

}  // namespace spinsweep::sweep
