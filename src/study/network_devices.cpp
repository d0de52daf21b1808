#include "study/network_devices.hpp"

#include "base/printable.hpp"

namespace spinsweep::study {

bool has_measured_weights(const Study& study) {
  return study.has_network && !study.network.measured_devices.empty();
}

bool has_ideal_neurons(const Study& study) {
  return study.has_network && study.network.activation != "simulated";
}

std::size_t weight_variant_count(const Study& study) {
  return has_measured_weights(study) ? study.network.measured_devices.size() : variants(study.weights()).size();
}

std::size_t neuron_variant_count(const Study& study) {
  return has_ideal_neurons(study) ? 1 : variants(study.neurons()).size();
}

std::vector<std::string> weight_variant_names(const Study& study) {
  std::vector<std::string> names;
  if (has_measured_weights(study)) {
    for (const network::MeasuredFile& file : study.network.measured_devices) {
      names.push_back("measured devices " + printable(file.name));
    }
    return names;
  }
  const auto list = variants(study.weights());
  for (std::size_t v = 0; v < list.size(); ++v) {
    names.push_back(variant_name(study.weights(), v, list[v]));
  }
  return names;
}

}  // namespace spinsweep::study
