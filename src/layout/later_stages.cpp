#include "layout/later_stages.hpp"

#include "sensitivity/analysis_stage.hpp"
#include "sensitivity/analysis_table.hpp"

namespace spinsweep::layout {

const std::vector<LaterStage>& later_stages() {
  using After = LaterStage::After;
  static const std::vector<LaterStage> stages = {
      {"analysis", &sensitivity::analysis_table::group, &sensitivity::run_analysis_stage, After::networks},
  };
  return stages;
}

}  // namespace spinsweep::layout
