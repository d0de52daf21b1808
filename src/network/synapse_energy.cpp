#include "network/synapse_energy.hpp"

#include <algorithm>

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
        devices_of_weight(weights[k], ranges[k % ranges.size()], placement.differential_pair());
    for (int side = 0; side < devices.count; ++side) {
      sums[static_cast<Eigen::Index>(k / outputs)] +=
          placement.device().lowest + placement.device().span * devices.g[static_cast<std::size_t>(side)];
    }
  }
  return sums;
}

}  // namespace

double inference_energy(const Mlp<float>& network, const Placement& placement, const Reading& reading,
                        const ImageSet& images) {
  constexpr int enough = 1000;
  const int count = std::min(images.count, enough);
  const auto numbers = images_as_numbers(images, 0, count);
  Mlp<float>::Matrix inputs = Mlp<float>::WeightMap(numbers.data(), network.inputs(0), count);
  double sum = 0.0;
  for (int layer = 0; layer < network.layers(); ++layer) {
    const Eigen::VectorXd squares = inputs.cast<double>().rowwise().squaredNorm();
    sum += squares.dot(input_conductances(network, placement, layer));
    if (layer + 1 < network.layers()) {
      inputs = network.affine(layer, inputs);
      network.activation().apply(std::span<float>(inputs.data(), static_cast<std::size_t>(inputs.size())), {});
    }
  }
  return sum / count * reading.voltage * reading.voltage * reading.duration;
}

}  // namespace spinsweep::network
