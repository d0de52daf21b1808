#include "sweep/analysis_stage.hpp"

#include "parallel/on_root.hpp"
#include "store/case_status.hpp"

namespace spinsweep::sweep {

void run_analysis_stage(const study::Study& study, store::ResultsFile& file,
                        const parallel::Communicator& communicator) {
  parallel::on_root(communicator, [&] {
    if (!study.synapse.cases.empty()) {
      analyse_notches(study, file);
      analyse_levels(file);
      analyse_device_quantities(study, file);
    }
    if (study.has_network) {
      analyse_accuracies(study, file);
    }
    file.commit_case("/analysis/status", {}, store::CaseStatus::done);
  });
}

}  // namespace spinsweep::sweep
