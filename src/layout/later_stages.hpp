#pragma once

#include <string>
#include <vector>

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::layout {

/// A stage of the pipeline besides the simulation of the devices and the networks. The layout of the results file, the
/// order of a run, plan, status, time left and merging follow from what it says here; its own section of the sweep file
/// it declares itself (study::DeclaredSection).
struct LaterStage {
  enum class After { devices, networks };

  std::string name;             ///< in messages and in `spinsweep status`
  const results::Group* group;  ///< that it fills, if the study has the group
  /// Does what is not done yet. Collective.
  engine::StageOutcome (*run)(results::Results& results, const parallel::Communicator& communicator);
  After after = After::devices;
  /// Estimated computing time of each task, s. The group then has a status over the tasks and, with the role `cost`,
  /// the computing time of each. nullptr: the stage takes no time worth mentioning and makes its results again at the
  /// end of every run, from what is done then.
  std::vector<double> (*costs)(const study::Study& study) = nullptr;
  /// What is suspicious about its settings, in sentences; nullptr: nothing ever is.
  std::vector<std::string> (*warnings)(const study::Study& study) = nullptr;

  [[nodiscard]] bool is_derived() const { return costs == nullptr; }
};

/// In the order in which they are run.
[[nodiscard]] const std::vector<LaterStage>& later_stages();

/// What is suspicious about a study, in sentences: its films, and the settings of the stages that it has.
[[nodiscard]] std::vector<std::string> warnings(const study::Study& study);

}  // namespace spinsweep::layout
