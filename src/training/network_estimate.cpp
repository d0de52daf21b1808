#include "training/network_estimate.hpp"

#include "network/parameter_layout.hpp"
#include "network/scheme.hpp"

namespace spinsweep::training {

namespace {

constexpr double train_images = 60'000;
constexpr double test_images = 10'000;
constexpr int pixels = 784;
constexpr int classes = 10;
// Of docs/network.md: 784-128-10 on two ranks at batch 64 trains 355k images a second; a forward pass is about a third.
constexpr double seconds_per_trained_weight = 5.5e-11;
constexpr double seconds_per_tested_weight = 2e-11;

double seconds(const network::NetworkSettings& settings, const network::SchemeCost& cost) {
  std::vector<int> sizes = {pixels};
  sizes.insert(sizes.end(), settings.hidden.begin(), settings.hidden.end());
  sizes.push_back(classes);
  const network::ParameterLayout layout(sizes);
  double weights = 0.0;
  for (int layer = 0; layer < layout.layers(); ++layer) {
    weights += static_cast<double>(layout.weight_count(layer));
  }
  return weights * (train_images * cost.epochs * seconds_per_trained_weight +
                    test_images * cost.evaluations * seconds_per_tested_weight);
}

}  // namespace

double estimated_baseline_seconds(const network::NetworkSettings& settings) {
  return seconds(settings, {.epochs = settings.epochs, .evaluations = 1.0});
}

double estimated_control_seconds(const network::NetworkSettings& settings, const std::string& scheme) {
  const auto further = network::scheme_of_name(scheme).further_training(settings);
  return seconds(settings, {.epochs = further.value().epochs, .evaluations = 1.0});
}

double estimated_scheme_seconds(const network::NetworkSettings& settings, const std::string& scheme) {
  return seconds(settings, network::scheme_of_name(scheme).cost(settings));
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

}  // namespace spinsweep::training
