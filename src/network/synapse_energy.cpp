#include "network/synapse_energy.hpp"

#include <algorithm>
#include <functional>

#include "network/conductance.hpp"
#include "network/evaluation.hpp"

namespace spinsweep::network {

namespace {

/// Summed conductance of the devices of each input of a layer, S.
Eigen::VectorXd input_conductances(const Mlp<float>& network, const Placement& placement, int layer) {
  const auto& ranges = placement.layers()[static_cast<std::size_t>(layer)].ranges;
  const auto weights = network.weights(layer);
  const auto outputs = static_cast<std::size_t>(network.outputs(layer));
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(network.inputs(layer));
  for (std::size_t k = 0; !ranges.empty() && k < weights.size(); ++k) {
    const WeightDevices devices =
        devices_of_weight(static_cast<double>(weights[k]), ranges[k % ranges.size()], placement);
    for (int side = 0; side < devices.count; ++side) {
      sums[static_cast<Eigen::Index>(k / outputs)] +=
          placement.device().lowest + placement.device().span * devices.g[static_cast<std::size_t>(side)];
    }
  }
  return sums;
}

Eigen::VectorXd input_conductances(const Mlp<float>& network, const PulsedDevices& devices,
                                   const TrainedDevices& trained, int layer) {
  const auto outputs = static_cast<std::size_t>(network.outputs(layer));
  const std::size_t parameters = network.parameters().size();
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(network.inputs(layer));
  if (devices.layers[static_cast<std::size_t>(layer)].ranges.empty()) {
    return sums;
  }
  for (std::size_t k = 0; k < network.weight_count(layer); ++k) {
    for (std::size_t side = 0; side < (devices.differential_pair ? 2U : 1U); ++side) {
      const float g = trained.conductances[side * parameters + network.weight_offset(layer) + k];
      sums[static_cast<Eigen::Index>(k / outputs)] +=
          devices.pulses.lowest + devices.pulses.span * static_cast<double>(g);
    }
  }
  return sums;
}

/// conductances: of a layer's inputs, summed over their devices; S.
double energy_of(const Mlp<float>& network, const Reading& reading, const ImageSet& images,
                 const std::function<Eigen::VectorXd(int layer)>& conductances) {
  constexpr int enough = 1000;
  const int count = std::min(images.count, enough);
  const auto numbers = images_as_numbers(images, 0, count);
  Mlp<float>::Matrix inputs = Mlp<float>::WeightMap(numbers.data(), network.inputs(0), count);
  double sum = 0.0;
  for (int layer = 0; layer < network.layers(); ++layer) {
    const Eigen::VectorXd squares = inputs.cast<double>().rowwise().squaredNorm();
    sum += squares.dot(conductances(layer));
    if (layer + 1 < network.layers()) {
      inputs = network.affine(layer, inputs);
      network.activation().apply(std::span<float>(inputs.data(), static_cast<std::size_t>(inputs.size())), {});
    }
  }
  return sum / count * reading.voltage * reading.voltage * reading.duration;
}

}  // namespace

double inference_energy(const Mlp<float>& network, const Placement& placement, const Reading& reading,
                        const ImageSet& images) {
  return energy_of(network, reading, images, [&](int layer) { return input_conductances(network, placement, layer); });
}

double inference_energy(const Mlp<float>& network, const PulsedDevices& devices, const TrainedDevices& trained,
                        const Reading& reading, const ImageSet& images) {
  return energy_of(network, reading, images,
                   [&](int layer) { return input_conductances(network, devices, trained, layer); });
}

}  // namespace spinsweep::network
