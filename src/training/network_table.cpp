#include "training/network_table.hpp"

#include <algorithm>
#include <numeric>

#include "network/deployments.hpp"
#include "network/make_network.hpp"
#include "network/model_file.hpp"
#include "network/parameter_layout.hpp"
#include "training/training_checkpoints.hpp"

namespace spinsweep::training {

namespace {

using results::LayoutInput;

/// A number of each data set.
template <class Function>
std::vector<std::int64_t> of_data_sets(const LayoutInput& input, Function&& number) {
  std::vector<std::int64_t> numbers;
  std::ranges::transform(input.data_sets, std::back_inserter(numbers),
                         [&](const auto& data_set) { return static_cast<std::int64_t>(number(data_set)); });
  return numbers;
}

template <class Function>
std::uint64_t largest(const LayoutInput& input, Function&& number) {
  return static_cast<std::uint64_t>(std::ranges::max(of_data_sets(input, number)));
}

}  // namespace

namespace network_table {

std::uint64_t class_count_of_largest(const LayoutInput& input) {
  return largest(input, [](const auto& data_set) { return data_set.classes; });
}

std::uint64_t epoch_count(const LayoutInput& input) {
  const auto& settings = input.study.network;
  int epochs = settings.epochs;
  for (const network::FurtherTraining& further : controls_of(settings.deployments)) {
    epochs = std::max(epochs, further.epochs);
  }
  for (const network::Deployment& deployment : settings.deployments) {
    epochs = std::max(epochs, method_of(deployment).in_situ_epochs(deployment.settings));
  }
  return static_cast<std::uint64_t>(epochs);
}

std::uint64_t checkpoint_bytes(const LayoutInput& input) {
  return largest(input, [&](const auto& data_set) {
    return largest_training_bytes(network::ParameterLayout(layer_sizes(input.study.network, data_set)),
                                  epoch_count(input));
  });
}

bool has_network(const study::Study& study) {
  return study.has_network;
}

bool has_device_samples(const LayoutInput& input) {
  return input.study.network.device_samples > 0;
}

bool trains_in_situ(const LayoutInput& input) {
  return std::ranges::any_of(input.study.network.deployments, [](const network::Deployment& deployment) {
    return method_of(deployment).in_situ_epochs(deployment.settings) > 0;
  });
}

std::size_t aging_count(const study::Study& study) {
  if (study.network.retention != "simulated") {
    return 0;
  }
  const auto& settings = retention::retention_table::section.of(study);
  return settings.temperatures.size() * settings.times.size();
}

bool has_retention(const LayoutInput& input) {
  return aging_count(input.study) > 0;
}

store::InitialData seeds(const LayoutInput& input) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(input.study.network.seeds));
  std::iota(values.begin(), values.end(), input.study.seed);
  return values;
}

store::InitialData dataset_names(const LayoutInput& input) {
  return input.study.network.datasets;
}

store::InitialData deployment_controls(const LayoutInput& input) {
  const auto& deployments = input.study.network.deployments;
  std::vector<std::int64_t> controls;
  for (std::size_t k = 0; k < deployments.size(); ++k) {
    const auto control = control_of(deployments, k);
    controls.push_back(control ? static_cast<std::int64_t>(*control) : -1);
  }
  return controls;
}

store::InitialData class_counts(const LayoutInput& input) {
  return of_data_sets(input, [](const auto& data_set) { return data_set.classes; });
}

store::InitialData test_image_counts(const LayoutInput& input) {
  return of_data_sets(input, [](const auto& data_set) { return data_set.test_images; });
}

}  // namespace network_table

namespace baseline_table {

std::uint64_t largest_model_bytes(const LayoutInput& input) {
  const auto& settings = input.study.network;
  return largest(input, [&](const auto& data_set) {
    return network::model_bytes(network::ParameterLayout(layer_sizes(settings, data_set)),
                                static_cast<std::size_t>(settings.activation_order));
  });
}

std::uint64_t largest_parameter_count(const LayoutInput& input) {
  return largest(input, [&](const auto& data_set) {
    return network::ParameterLayout(layer_sizes(input.study.network, data_set)).unpadded_count();
  });
}

std::uint64_t largest_pixel_count(const LayoutInput& input) {
  return largest(input, [](const auto& data_set) { return data_set.pixels; });
}

std::uint64_t control_count(const LayoutInput& input) {
  return controls_of(input.study.network.deployments).size();
}

bool has_controls(const LayoutInput& input) {
  return control_count(input) > 0;
}

store::InitialData control_names(const LayoutInput& input) {
  return network::control_names(input.study.network.deployments);
}

store::InitialData image_widths(const LayoutInput& input) {
  return of_data_sets(input, [](const auto& data_set) { return data_set.width; });
}

store::InitialData image_heights(const LayoutInput& input) {
  return of_data_sets(input, [](const auto& data_set) { return data_set.height; });
}

store::InitialData none(const LayoutInput& /*input*/) {
  return store::Everywhere{-1.0};
}

}  // namespace baseline_table

std::vector<store::CaseStatus> control_statuses(const results::Results& results) {
  const bool has_controls = !controls_of(results.study().network.deployments).empty();
  return has_controls ? results.statuses(baseline_table::control_status) : std::vector<store::CaseStatus>{};
}

}  // namespace spinsweep::training
