#include "characterization/depinning_currents.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "characterization/variant_table.hpp"
#include "parallel/on_root.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"
#include "study/bisection.hpp"

namespace spinsweep::characterization {

void write_depinning_currents(results::Results& results, const parallel::Communicator& communicator) {
  const study::DevicePlan& plan = results.study().weights();
  if (!plan.bisection.exists()) {
    return;
  }
  parallel::on_root(communicator, [&] {
    const results::DeviceResults device = results.of(*plan.base.kind);
    const auto status = device.statuses(simulation::case_table::status);
    const auto list = variants(plan);
    for (std::size_t v = 0; v < list.size(); ++v) {
      const auto& cases = list[v].cases;
      if (!std::ranges::all_of(cases, [&](std::size_t k) {
            return status[k] == store::CaseStatus::done && simulation::case_table::has_one_wall(device, k);
          })) {
        continue;
      }
      std::vector<double> positions;
      std::ranges::transform(cases, std::back_inserter(positions),
                             [&](std::size_t k) { return device.kept(simulation::case_table::final_position, k); });
      const study::BisectionState state =
          replay(plan.bisection, simulation::case_table::decisive_points_of(plan, cases, device), positions);
      results[variant_table::depinning_current].at(v).write(0.5 * (state.lower + state.upper));
      results[variant_table::depinning_current_lower].at(v).write(state.lower);
      results[variant_table::depinning_current_upper].at(v).write(state.upper);
    }
    results.file().sync();
  });
}

}  // namespace spinsweep::characterization
