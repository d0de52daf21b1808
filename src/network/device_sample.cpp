#include "network/device_sample.hpp"

#include "network/conductance.hpp"
#include "network/noise_device_to_device.hpp"
#include "network/noise_programming.hpp"
#include "network/noise_retention.hpp"
#include "network/noise_simulated.hpp"
#include "network/noise_stuck_at.hpp"
#include "network/noise_unit.hpp"

namespace spinsweep::network {

namespace {

/// The noise of writing and of the time until a device is read.
class WriteNoise {
 public:
  WriteNoise(const DeviceNoise& noise, const NoiseUnit& unit, const DeviceLevels& levels, std::uint64_t seed,
             const LevelTransitions* transitions)
      : unit_(unit),
        stuck_(noise, seed),
        device_to_device_(noise, seed),
        programming_(noise, seed),
        simulated_(noise, levels, seed),
        jumps_(transitions, levels, seed),
        retention_(noise, levels) {}

  /// Normalised conductance when a device is read that is to be written to `target`.
  [[nodiscard]] double conductance_when_read(double target, const DeviceNumber& number) const {
    if (const auto stuck = stuck_.stuck_conductance(number)) {
      return *stuck;
    }
    const double unit = unit_(target);
    double g = simulated_.written(target, number);
    g += device_to_device_.error(unit, number);
    g += programming_.error(unit, number);
    return retention_.relaxed(jumps_.jumped(g, number));
  }

 private:
  NoiseUnit unit_;
  StuckAtFaults stuck_;
  DeviceToDeviceVariation device_to_device_;
  ProgrammingNoise programming_;
  SimulatedWriting simulated_;
  ThermalJumps jumps_;
  RetentionRelaxation retention_;
};

}  // namespace

DeviceSample::DeviceSample(const Mlp<float>& network, const Placement& placement, const DeviceNoise& noise,
                           std::uint64_t seed, std::uint32_t sample, std::optional<int> only_layer,
                           const LevelTransitions* transitions)
    : network_(network), read_noise_(noise, seed, sample) {
  const NoiseUnit noise_unit(noise, placement.device());
  const WriteNoise write_noise(noise, noise_unit, placement.device(), seed, transitions);
  if (read_noise_.is_on()) {
    for (int layer = 0; layer < network.layers(); ++layer) {
      read_variance_.emplace_back(Mlp<float>::Matrix::Zero(network.outputs(layer), network.inputs(layer)));
    }
  }
  for (int layer = 0; layer < network.layers(); ++layer) {
    const auto& ranges = placement.layers()[static_cast<std::size_t>(layer)].ranges;
    if (ranges.empty() || (only_layer && *only_layer != layer)) {
      continue;
    }
    const auto weights = network_.weights(layer);
    for (std::size_t k = 0; k < weights.size(); ++k) {
      const Range& range = ranges[k % ranges.size()];
      WeightDevices devices = devices_of_weight(weights[k], range, placement.differential_pair());
      double variance = 0.0;
      for (int side = 0; side < devices.count; ++side) {
        const DeviceNumber number{static_cast<std::uint32_t>(2 * k) + static_cast<std::uint32_t>(side),
                                  static_cast<std::uint32_t>(layer), sample};
        double& g = devices.g[static_cast<std::size_t>(side)];
        g = write_noise.conductance_when_read(g, number);
        variance += read_noise_.variance(noise_unit(g));
      }
      weights[k] = static_cast<float>(weight_of_devices(devices, range));
      if (read_noise_.is_on()) {
        const double scale = weight_per_conductance(range, placement.differential_pair());
        read_variance_[static_cast<std::size_t>(layer)].data()[k] = static_cast<float>(scale * scale * variance);
      }
    }
  }
}

Evaluation DeviceSample::evaluate(const ImageSet& data, int classes, const parallel::Communicator& communicator) const {
  if (!read_noise_.is_on()) {
    return network::evaluate(network_, data, classes, communicator);
  }
  return network::evaluate(
      [this](std::span<const float> images, int samples, std::size_t first) { return scores(images, samples, first); },
      data, classes, communicator);
}

Mlp<float>::Matrix DeviceSample::scores(std::span<const float> images, int samples, std::size_t first) const {
  Mlp<float>::Matrix inputs = Mlp<float>::WeightMap(images.data(), network_.inputs(0), samples);
  for (int layer = 0;; ++layer) {
    Mlp<float>::Matrix values = network_.affine(layer, inputs);
    const Mlp<float>::Matrix variance = read_variance_[static_cast<std::size_t>(layer)] * inputs.cwiseProduct(inputs);
    for (Eigen::Index sample = 0; sample < values.cols(); ++sample) {
      const auto image = static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(sample);
      for (Eigen::Index output = 0; output < values.rows(); ++output) {
        values(output, sample) +=
            read_noise_.error(variance(output, sample), image, layer, static_cast<std::uint32_t>(output));
      }
    }
    if (layer + 1 == network_.layers()) {
      return values;
    }
    network_.activation().apply(std::span<float>(values.data(), static_cast<std::size_t>(values.size())), {});
    inputs = std::move(values);
  }
}

}  // namespace spinsweep::network
