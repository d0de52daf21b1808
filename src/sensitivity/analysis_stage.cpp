#include "sensitivity/analysis_stage.hpp"

#include "parallel/on_root.hpp"
#include "sensitivity/analysis_table.hpp"
#include "store/case_status.hpp"

namespace spinsweep::sensitivity {

engine::StageOutcome run_analysis_stage(results::Results& results, const parallel::Communicator& communicator) {
  parallel::on_root(communicator, [&] {
    if (!results.study().weights().cases.empty()) {
      analyse_notches(results);
      analyse_levels(results);
      analyse_device_quantities(results);
    }
    if (results.study().has_network) {
      analyse_accuracies(results);
    }
    results[analysis_table::status].commit(store::CaseStatus::done);
  });
  return {};
}

}  // namespace spinsweep::sensitivity
