#include "sweep/found_currents.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "parallel/agree.hpp"
#include "store/case_status.hpp"
#include "study/bisection.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"
#include "sweep/stage_status.hpp"

namespace spinsweep::sweep {

using store::CaseStatus;

void fill_in_found_currents(study::DevicePlan& plan, const store::ResultsFile& file) {
  if (!plan.bisection.exists()) {
    return;
  }
  const auto found = file.read<double>("/" + group_name(plan.base.kind) + "/pulse_current_density");
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    plan.cases[k].pulse.current_density = found.at(k);
  }
}

void write_depinning_currents(const study::DevicePlan& plan, store::ResultsFile& file,
                              const parallel::Communicator& communicator) {
  const auto status = read_status(file, group_name(plan.base.kind), communicator);
  parallel::collectively(communicator, [&] {
    if (communicator.rank() != 0) {
      return;
    }
    const auto final_position = file.read<double>("/" + group_name(plan.base.kind) + "/final_position");
    const auto list = variants(plan);
    for (std::size_t v = 0; v < list.size(); ++v) {
      const auto& cases = list[v].cases;
      if (!std::all_of(cases.begin(), cases.end(), [&](std::size_t k) { return status[k] == CaseStatus::done; })) {
        continue;
      }
      std::vector<double> positions;
      std::transform(cases.begin(), cases.end(), std::back_inserter(positions),
                     [&](std::size_t k) { return final_position[k]; });
      const study::BisectionState state =
          replay(plan.bisection, *decisive_position(plan.bisection, plan.cases[cases.front()]), positions);
      for (const auto& [name, value] : {std::pair{"depinning_current", 0.5 * (state.lower + state.upper)},
                                        {"depinning_current_lower", state.lower},
                                        {"depinning_current_upper", state.upper}}) {
        file.write<double>(std::string("/variants/") + name, {v}, {1}, std::span(&value, 1));
      }
    }
    file.sync();
  });
}

}  // namespace spinsweep::sweep
