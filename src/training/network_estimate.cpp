#include "training/network_estimate.hpp"

#include <numeric>

#include "network/parameter_layout.hpp"
#include "training/network_table.hpp"

namespace spinsweep::training {

namespace {

constexpr double train_images = 60'000;
constexpr double test_images = 10'000;
constexpr int pixels = 784;
constexpr int classes = 10;
// Of docs/network.md: 784-128-10 on two ranks at batch 64 trains 355k images a second; a forward pass is about a third.
constexpr double seconds_per_trained_weight = 5.5e-11;
constexpr double seconds_per_tested_weight = 2e-11;
// A step of training in situ draws the pulses of every weight.
constexpr double seconds_per_pulsed_weight = 5e-8;
// A step of noise-aware training draws the errors of every device.
constexpr double seconds_per_written_device = 1.3e-8;

double weight_count(const network::NetworkSettings& settings) {
  std::vector<int> sizes = {pixels};
  sizes.insert(sizes.end(), settings.hidden.begin(), settings.hidden.end());
  sizes.push_back(classes);
  const network::ParameterLayout layout(sizes);
  double weights = 0.0;
  for (int layer = 0; layer < layout.layers(); ++layer) {
    weights += static_cast<double>(layout.weight_count(layer));
  }
  return weights;
}

double training_steps(const network::NetworkSettings& settings, int epochs) {
  return train_images / settings.batch_size * epochs;
}

/// evaluations: on the whole test set.
double seconds(const network::NetworkSettings& settings, int epochs, double evaluations) {
  return weight_count(settings) *
         (train_images * epochs * seconds_per_trained_weight + test_images * evaluations * seconds_per_tested_weight);
}

}  // namespace

double estimated_training_seconds(const network::NetworkSettings& settings, int epochs) {
  return seconds(settings, epochs, 1.0);
}

std::vector<double> estimated_deployment_seconds(const study::Study& study) {
  const network::NetworkSettings& settings = study.network;
  const auto readings_later = settings.device_samples * static_cast<double>(network_table::aging_count(study));
  std::vector<double> each;
  const int layers = static_cast<int>(settings.hidden.size()) + 1;
  for (std::size_t d = 0; d < settings.deployments.size(); ++d) {
    const auto further = further_training_of(settings.deployments[d]);
    const bool trains = further && training_of(settings.deployments, d) == d;
    const network::Method& method = method_of(settings.deployments[d]);
    const auto rule = method.placement_rule(settings.deployments[d]);
    const bool is_on_device = rule.has_value();
    const int in_situ = method.in_situ_epochs(settings.deployments[d].settings);
    const double pulsing = weight_count(settings) * training_steps(settings, in_situ) * seconds_per_pulsed_weight;
    const bool is_noise_aware = trains && method.training_noise(settings.deployments[d].settings).has_value();
    const double devices = (is_on_device && rule->mapping.differential_pair ? 2.0 : 1.0) * weight_count(settings);
    const double writing =
        is_noise_aware ? devices * training_steps(settings, further->epochs) * seconds_per_written_device : 0.0;
    each.push_back(
        pulsing + writing +
        seconds(settings, trains ? further->epochs : in_situ,
                method.evaluations(layers, settings.device_samples) + (is_on_device ? readings_later : 0.0)));
  }
  return each;
}

double estimated_network_seconds(const study::Study& study, std::size_t baselines, std::size_t synapses) {
  const network::NetworkSettings& settings = study.network;
  double each_baseline = estimated_training_seconds(settings, settings.epochs);
  for (const network::FurtherTraining& control : controls_of(settings.deployments)) {
    each_baseline += estimated_training_seconds(settings, control.epochs);
  }
  const auto deployments = estimated_deployment_seconds(study);
  const double each_run = std::accumulate(deployments.begin(), deployments.end(), 0.0);
  return static_cast<double>(baselines) * (each_baseline + static_cast<double>(synapses) * each_run);
}

}  // namespace spinsweep::training
