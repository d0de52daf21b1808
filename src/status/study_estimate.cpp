#include "status/study_estimate.hpp"

#include <numeric>
#include <set>

#include "layout/later_stages.hpp"
#include "study/case_identity.hpp"
#include "study/estimate.hpp"
#include "study/network_devices.hpp"
#include "training/network_estimate.hpp"

namespace spinsweep::status {

StudySeconds estimated_seconds(const study::Study& study) {
  StudySeconds seconds;
  for (const study::DevicePlan& plan : study.devices) {
    std::set<study::CaseKey> states;
    for (std::size_t k = 0; k < plan.cases.size(); ++k) {
      seconds.devices += study::estimated_seconds(plan, k);
      if (states.insert(study::initial_state_key_of(plan.cases[k])).second) {
        seconds.devices += study::estimated_relaxation_seconds(plan.cases[k]);
      }
    }
  }
  if (study.has_network) {
    const auto& settings = study.network;
    if (settings.level_source == "relaxed_at_notches") {
      for (const study::Variant& variant : variants(study.weights())) {
        seconds.devices += study::estimated_level_seconds(study.weights().cases[variant.cases.front()]);
      }
    }
    const auto baselines =
        neuron_variant_count(study) * settings.datasets.size() * static_cast<std::size_t>(settings.seeds);
    seconds.networks = training::estimated_network_seconds(study, baselines, weight_variant_count(study));
  }
  for (const layout::LaterStage& stage : layout::later_stages()) {
    if (!stage.is_derived() && stage.group->exists(study)) {
      const auto costs = stage.costs(study);
      seconds.later.emplace_back(stage.name, std::accumulate(costs.begin(), costs.end(), 0.0));
    }
  }
  return seconds;
}

}  // namespace spinsweep::status
