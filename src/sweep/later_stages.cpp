#include "sweep/later_stages.hpp"

#include "sweep/analysis_stage.hpp"
#include "sweep/analysis_table.hpp"

namespace spinsweep::sweep {

const std::vector<LaterStage>& later_stages() {
  static const std::vector<LaterStage> stages = {
      {&analysis_table::group, &run_analysis_stage},
  };
  return stages;
}

}  // namespace spinsweep::sweep
