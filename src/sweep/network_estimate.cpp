#include "sweep/network_estimate.hpp"

namespace spinsweep::sweep {

namespace {

constexpr double train_images = 60'000;
constexpr double test_images = 10'000;
constexpr double pixels = 784;
constexpr double classes = 10;
// Of docs/network.md: 784-128-10 on two ranks at batch 64 trains 355k images a second; a forward pass is about a third.
constexpr double seconds_per_trained_weight = 5.5e-11;
constexpr double seconds_per_tested_weight = 2e-11;

double weights(const network::NetworkSettings& settings) {
  double count = 0.0;
  double inputs = pixels;
  for (const int neurons : settings.hidden) {
    count += inputs * neurons;
    inputs = neurons;
  }
  return count + inputs * classes;
}

double training(const network::NetworkSettings& settings, int epochs) {
  return weights(settings) * train_images * epochs * seconds_per_trained_weight;
}

int further_epochs(const network::NetworkSettings& settings, const std::string& scheme) {
  return scheme == "fine_tuned" ? settings.fine_tune_epochs : settings.on_level_epochs;
}

double tests(const network::NetworkSettings& settings, double count) {
  return weights(settings) * test_images * count * seconds_per_tested_weight;
}

}  // namespace

double estimated_baseline_seconds(const network::NetworkSettings& settings) {
  return training(settings, settings.epochs) + tests(settings, 1);
}

double estimated_control_seconds(const network::NetworkSettings& settings, const std::string& scheme) {
  return training(settings, further_epochs(settings, scheme)) + tests(settings, 1);
}

double estimated_scheme_seconds(const network::NetworkSettings& settings, const std::string& scheme) {
  const auto layers = static_cast<double>(settings.hidden.size() + 1);
  const double chips = settings.chips;
  if (scheme == "fp32") {
    return tests(settings, 1);
  }
  if (scheme == "ptq") {
    return tests(settings, (1.0 + layers) * (1.0 + chips));
  }
  const double snapped = scheme == "fine_tuned" ? 1.0 : 0.0;
  return training(settings, further_epochs(settings, scheme)) + tests(settings, 1.0 + snapped + chips);
}

double estimated_network_seconds(const network::NetworkSettings& settings, std::size_t baselines,
                                 std::size_t synapses) {
  double each_baseline = estimated_baseline_seconds(settings);
  double each_run = 0.0;
  for (const std::string& scheme : settings.schemes) {
    each_run += estimated_scheme_seconds(settings, scheme);
    each_baseline += network::has_control(scheme) ? estimated_control_seconds(settings, scheme) : 0.0;
  }
  const auto runs = static_cast<double>(synapses * settings.mapping.size());
  return static_cast<double>(baselines) * (each_baseline + runs * each_run);
}

}  // namespace spinsweep::sweep
