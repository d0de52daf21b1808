#include "layout/later_stages.hpp"

#include "programming/programming_stage.hpp"
#include "programming/programming_table.hpp"
#include "programming/warnings.hpp"
#include "retention/retention_stage.hpp"
#include "retention/retention_table.hpp"
#include "sensitivity/analysis_stage.hpp"
#include "sensitivity/analysis_table.hpp"
#include "study/film_warnings.hpp"

namespace spinsweep::layout {

const std::vector<LaterStage>& later_stages() {
  using After = LaterStage::After;
  static const std::vector<LaterStage> stages = {
      {"programming", &programming::programming_table::group, &programming::run_programming_stage, After::devices,
       &programming::estimated_seconds, &programming::warnings},
      {"retention", &retention::retention_table::group, &retention::run_retention_stage, After::devices,
       &retention::estimated_seconds},
      {"analysis", &sensitivity::analysis_table::group, &sensitivity::run_analysis_stage, After::networks},
  };
  return stages;
}

std::vector<std::string> warnings(const study::Study& study) {
  std::vector<std::string> all = study::film_warnings(study);
  for (const LaterStage& stage : later_stages()) {
    if (stage.warnings != nullptr && stage.group->exists(study)) {
      const auto of_stage = stage.warnings(study);
      all.insert(all.end(), of_stage.begin(), of_stage.end());
    }
  }
  return all;
}

}  // namespace spinsweep::layout
