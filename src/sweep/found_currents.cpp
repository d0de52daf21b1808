#include "sweep/found_currents.hpp"

#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

void fill_in_found_currents(study::DevicePlan& plan, const store::ResultsFile& file) {
  if (!plan.bisection.exists()) {
    return;
  }
  const auto found = file.read<double>("/" + group_name(plan.base.kind) + "/pulse_current_density");
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    plan.cases[k].pulse.current_density = found.at(k);
  }
}

}  // namespace spinsweep::sweep
