#include "sweep/study_estimate.hpp"

#include "study/estimate.hpp"
#include "sweep/network_estimate.hpp"

namespace spinsweep::sweep {

StudySeconds estimated_seconds(const study::Study& study) {
  StudySeconds seconds;
  for (const auto* plan : {&study.neuron, &study.synapse}) {
    for (std::size_t k = 0; k < plan->cases.size(); ++k) {
      seconds.devices += study::estimated_seconds(*plan, k);
    }
  }
  if (study.has_network) {
    const auto& settings = study.network;
    const auto baselines =
        variants(study.neuron).size() * settings.datasets.size() * static_cast<std::size_t>(settings.seeds);
    seconds.networks = estimated_network_seconds(settings, baselines, variants(study.synapse).size());
  }
  return seconds;
}

}  // namespace spinsweep::sweep
