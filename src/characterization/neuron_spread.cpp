#include "characterization/neuron_spread.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/error.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"

namespace spinsweep::characterization {

namespace {

/// The conductances of the realisations at one current density.
struct Ensemble {
  double input = 0.0;  ///< the modulus of the current density unless it has both signs, A/m^2
  double mean = 0.0;   ///< S
  std::vector<double> conductances;
};

std::vector<Ensemble> ensembles_of(const results::Results& results, std::size_t variant) {
  const study::DevicePlan& plan = results.study().neurons();
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto status = device.statuses(simulation::case_table::status);
  std::vector<Ensemble> found;
  for (const auto& cases : ensembles(plan, variants(plan).at(variant))) {
    Ensemble& ensemble = found.emplace_back();
    ensemble.input = plan.cases[cases.front()].pulse.current_density;
    for (const std::size_t index : cases) {
      if (status[index] != store::CaseStatus::done) {
        throw SimulationError("the spread of the neuron is not known: not all of its cases are done");
      }
      ensemble.conductances.push_back(device.kept(simulation::case_table::final_conductance, index));
    }
    ensemble.mean = std::accumulate(ensemble.conductances.begin(), ensemble.conductances.end(), 0.0) /
                    static_cast<double>(cases.size());
  }
  if (std::ranges::all_of(found, [](const Ensemble& each) { return each.input <= 0.0; })) {
    std::ranges::for_each(found, [](Ensemble& each) { each.input = -each.input; });
  }
  std::ranges::sort(found, {}, &Ensemble::input);
  return found;
}

}  // namespace

network::NeuronSpread neuron_spread(const results::Results& results, std::size_t variant) {
  const auto found = ensembles_of(results, variant);
  const auto [lowest, highest] = std::ranges::minmax(found, {}, &Ensemble::mean);
  const double range = found.back().input - found.front().input;
  // A conductance that falls with the current is that of a junction whose pinned layer points the other way.
  const double sign = found.back().mean < found.front().mean ? -1.0 : 1.0;
  network::NeuronSpread spread;
  for (const Ensemble& ensemble : found) {
    spread.inputs.push_back((ensemble.input - found.front().input) / range);
    auto& deviations = spread.deviations.emplace_back();
    for (const double conductance : ensemble.conductances) {
      deviations.push_back(sign * (conductance - ensemble.mean) / (highest.mean - lowest.mean));
    }
    std::ranges::sort(deviations);
  }
  return spread;
}

}  // namespace spinsweep::characterization
