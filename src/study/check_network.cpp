#include "study/check_network.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "study/network_devices.hpp"

namespace spinsweep::study {

namespace {

/// Whether a deployment takes the errors of writing from there.
bool draws_from(network::DeviceErrors errors, const Study& study) {
  return std::ranges::any_of(study.network.deployments, [errors](const network::Deployment& deployment) {
    return deployment.settings.noise.errors == errors;
  });
}

/// A network has devices that hold its weights, and neurons.
void check_devices(const toml::node& section, const Study& study) {
  const auto count = [&](device::Derived derived) {
    return std::ranges::count_if(study.devices, [=](const auto& plan) { return plan.base.kind->derives == derived; });
  };
  if (count(device::Derived::levels) + (has_measured_weights(study) ? 1 : 0) != 1) {
    fail(section,
         "[network] needs one device that holds its weights; expected either a section [synapse] or "
         "network.measured_devices");
  }
  if (count(device::Derived::activation) + (has_ideal_neurons(study) ? 1 : 0) != 1) {
    fail(section,
         "[network] needs one kind of neuron; expected either a section [neuron] or network.activation = "
         "\"relu\"");
  }
  for (const auto& variant : variants(study.neurons())) {
    const std::size_t current_densities = ensembles(study.neurons(), variant).size();
    if (static_cast<int>(current_densities) <= study.network.activation_order) {
      fail(section, fmt::format("the activation, a polynomial of order {}, needs at least {} current densities of the "
                                "neuron; [neuron.sweep] has {}",
                                study.network.activation_order, study.network.activation_order + 1, current_densities));
    }
  }
}

/// Nothing is known of measured devices but their levels.
void check_measured_devices(const toml::node& section, const Places& places, Study& study) {
  network::NetworkSettings& settings = study.network;
  const bool is_measured = has_measured_weights(study);
  if (is_measured && !places.contains("level_source")) {
    settings.level_source = "measured";
  }
  if (is_measured != (settings.level_source == "measured")) {
    fail(section, fmt::format("network.level_source is \"{}\", but there are {}measured devices; expected \"measured\" "
                              "with network.measured_devices, and only then",
                              settings.level_source, is_measured ? "" : "no "));
  }
  if (is_measured && settings.retention != "none") {
    fail(section,
         "network.retention = \"simulated\" needs a section [synapse], which measured devices take the place of");
  }
  if (!is_measured && draws_from(network::DeviceErrors::measured, study)) {
    fail(section, "device_errors = \"measured\" draws from measured devices; expected network.measured_devices");
  }
}

/// Levels can only be those that were written if they are written, and errors of writing can only be drawn from the
/// writes of these levels.
void check_programmed_levels(const toml::node& section, const Study& study) {
  const bool programmed = study.network.level_source == "programmed";
  if (programmed && !study.stages.contains("programming")) {
    fail(*section.as_table()->get("level_source"),
         "network.level_source is \"programmed\", but no level is written; expected a section [programming]");
  }
  if (!programmed && draws_from(network::DeviceErrors::simulated, study)) {
    fail(section,
         "device_errors = \"simulated\" draws from the writes of the levels; expected network.level_source = "
         "\"programmed\"");
  }
}

/// Neurons scatter if they are simulated many times, and device samples show it.
void check_neuron_noise(const toml::node& section, const Study& study) {
  const bool is_simulated = std::ranges::any_of(study.network.deployments, [](const network::Deployment& deployment) {
    return deployment.settings.noise.neurons == network::NeuronNoiseSource::simulated;
  });
  if (is_simulated && study.neurons().base.thermal.realizations < 2) {
    fail(section, "neuron_noise = \"simulated\" draws from realisations; expected neuron.thermal.realizations > 1");
  }
  if (is_simulated && study.network.device_samples == 0) {
    fail(section, "neuron_noise = \"simulated\" changes device samples; expected network.device_samples > 0");
  }
}

/// Training that knows the errors of its devices needs some.
void check_training_noise(const toml::node& section, const Study& study) {
  for (const network::Deployment& deployment : study.network.deployments) {
    const network::DeploymentSettings& settings = deployment.settings;
    if (deployment.method == "qat" && settings.qat_noise == network::QatNoise::device &&
        !settings.noise.acts_before_reading()) {
      fail(section, fmt::format("qat_noise = \"device\" draws errors of writing, but the deployment \"{}\" has none; "
                                "expected device_errors = \"simulated\" or \"measured\", or device_to_device_sigma, "
                                "programming_noise, stuck_at_fraction or retention_relaxation > 0",
                                deployment.name));
    }
  }
}

/// Devices that forget need the times after which they are read, and samples of them.
void check_retention(const toml::node& section, const Study& study) {
  const toml::node* key = section.as_table()->get("retention");
  if (key == nullptr || study.network.retention != "simulated") {
    return;
  }
  if (!study.stages.contains("retention")) {
    fail(*key, "network.retention = \"simulated\" needs temperatures and times; expected a section [retention]");
  }
  if (study.network.device_samples == 0) {
    fail(*key, "network.retention = \"simulated\" changes device samples; expected network.device_samples > 0");
  }
}

}  // namespace

void check_network(const toml::node& section, const Places& places, Study& study) {
  check_devices(section, study);
  check_measured_devices(section, places, study);
  check_neuron_noise(section, study);
  check_training_noise(section, study);
}

void check_network_stages(const toml::node& section, const Study& study) {
  check_programmed_levels(section, study);
  check_retention(section, study);
}

}  // namespace spinsweep::study
