#include "sensitivity/analysis_stage.hpp"

#include "parallel/on_root.hpp"
#include "sensitivity/analysis_table.hpp"
#include "store/case_status.hpp"
#include "study/network_devices.hpp"

namespace spinsweep::sensitivity {

engine::StageOutcome run_analysis_stage(results::Results& results, const parallel::Communicator& communicator) {
  parallel::on_root(communicator, [&] {
    const study::Study& study = results.study();
    const bool has_synapse = !study.weights().cases.empty();
    if (has_synapse) {
      analyse_notches(results);
    }
    if (has_synapse || has_measured_weights(study)) {
      analyse_levels(results);
    }
    if (has_synapse) {
      analyse_device_quantities(results);
    }
    if (study.has_network) {
      analyse_accuracies(results);
    }
    results[analysis_table::status].commit(store::CaseStatus::done);
  });
  return {};
}

}  // namespace spinsweep::sensitivity
