#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "parallel/communicator.hpp"
#include "results/results.hpp"
#include "study/case_identity.hpp"
#include "study/study.hpp"

namespace spinsweep::simulation {

/// The finished cases of another results file, found by their physical parameters: `run --reuse`.
class FinishedCases {
 public:
  /// table: the layout that the file must have. Not collective. Errors: EnvironmentError if it has another, or a run is
  /// writing to it.
  FinishedCases(const std::string& results_file, const results::Table& table);

  [[nodiscard]] const store::ResultsFile& file() const { return results_.file(); }

  /// The finished case with these parameters, if there is one: its index in its device's group.
  [[nodiscard]] std::optional<std::uint64_t> find(const device::DeviceParameters& parameters) const;

 private:
  results::Results results_;
  std::map<study::CaseKey, std::uint64_t> index_;
};

/// Copies the rows of all finished cases that the plan has too, then marks them done and logs how many. Collective:
/// the first rank does it. Errors: EnvironmentError, on all ranks alike.
void take_over(const FinishedCases& finished, const study::DevicePlan& plan, results::Results& results,
               const parallel::Communicator& communicator);

/// Gives every case that is identical to an earlier one of its plan what that one came to: its rows and `done`, or its
/// failure. Returns to how many. Collective: the first rank does it. Errors: EnvironmentError, on all ranks alike.
std::size_t spread_to_identical(const study::DevicePlan& plan, results::Results& results,
                                const parallel::Communicator& communicator);

}  // namespace spinsweep::simulation
