#include "network/chip.hpp"

#include <algorithm>
#include <cmath>

#include "network/conductance.hpp"
#include "network/counter_random.hpp"

namespace spinsweep::network {

namespace {

double nearest_place(double place, const std::vector<double>& levels) {
  const auto above = std::lower_bound(levels.begin(), levels.end(), place);
  if (above == levels.begin()) {
    return *above;
  }
  const auto below = above - 1;
  return above == levels.end() || place - *below <= *above - place ? *below : *above;
}

/// Draws what happens to one device after the other.
class DeviceDraw {
 public:
  DeviceDraw(const DeviceLevels& device, const DeviceVariation& variation, std::uint64_t seed, std::uint32_t chip)
      : device_(device),
        variation_(variation),
        chip_(chip),
        spread_(seed, CounterRandom::Purpose::device_spread),
        programming_(seed, CounterRandom::Purpose::programming),
        stuck_(seed, CounterRandom::Purpose::stuck) {}

  /// Where a device that was written to `place` is when it is read. number: of the device in its layer.
  [[nodiscard]] double after_writing(double place, std::uint32_t layer, std::uint32_t number) const {
    if (variation_.stuck_devices > 0.0) {
      const double draw = stuck_.uniform(number, layer, chip_);
      if (draw < variation_.stuck_devices) {
        return draw < 0.5 * variation_.stuck_devices ? 0.0 : 1.0;
      }
    }
    const double unit = error_unit(place);
    if (variation_.device_spread > 0.0) {
      place += variation_.device_spread * unit * spread_.normal(number, layer, chip_)[0];
    }
    if (variation_.programming_error > 0.0) {
      place += variation_.programming_error * unit * programming_.normal(number, layer, chip_)[0];
    }
    if (variation_.retention_drift > 0.0) {
      place += variation_.retention_drift * (nearest_place(place, device_.relative) - place);
    }
    return place;
  }

  /// Variance of the place from read to read.
  [[nodiscard]] double read_variance(double place) const {
    const double deviation = variation_.read_noise * error_unit(place);
    return deviation * deviation;
  }

 private:
  /// What an error of 1 is, in places.
  [[nodiscard]] double error_unit(double place) const {
    return variation_.relative ? place + device_.lowest / device_.span : 1.0;
  }

  const DeviceLevels& device_;
  const DeviceVariation& variation_;
  std::uint32_t chip_;
  CounterRandom spread_;
  CounterRandom programming_;
  CounterRandom stuck_;
};

}  // namespace

Chip::Chip(const Mlp<float>& network, const Placement& placement, const DeviceVariation& variation, std::uint64_t seed,
           std::uint32_t chip, std::optional<int> only_layer)
    : network_(network), seed_(seed), chip_(chip) {
  const DeviceDraw draw(placement.device(), variation, seed, chip);
  if (variation.read_noise > 0.0) {
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
      WeightDevices devices = devices_of_weight(weights[k], range, placement.pair());
      double variance = 0.0;
      for (int side = 0; side < devices.count; ++side) {
        double& place = devices.place[static_cast<std::size_t>(side)];
        place = draw.after_writing(place, static_cast<std::uint32_t>(layer),
                                   static_cast<std::uint32_t>(2 * k) + static_cast<std::uint32_t>(side));
        variance += draw.read_variance(place);
      }
      weights[k] = static_cast<float>(weight_of_devices(devices, range));
      if (!read_variance_.empty()) {
        const double scale = weight_per_place(range, placement.pair());
        read_variance_[static_cast<std::size_t>(layer)].data()[k] = static_cast<float>(scale * scale * variance);
      }
    }
  }
}

Evaluation Chip::evaluate(const ImageSet& data, int classes, const parallel::Communicator& communicator) const {
  if (read_variance_.empty()) {
    return network::evaluate(network_, data, classes, communicator);
  }
  return network::evaluate(
      [this](std::span<const float> images, int samples, std::size_t first) { return scores(images, samples, first); },
      data, classes, communicator);
}

Mlp<float>::Matrix Chip::scores(std::span<const float> images, int samples, std::size_t first) const {
  const CounterRandom random(seed_, CounterRandom::Purpose::read);
  Mlp<float>::Matrix inputs = Mlp<float>::WeightMap(images.data(), network_.inputs(0), samples);
  for (int layer = 0;; ++layer) {
    Mlp<float>::Matrix values = network_.affine(layer, inputs);
    // Independent normal errors of all devices of a neuron add up to one normal error.
    const Mlp<float>::Matrix variance = read_variance_[static_cast<std::size_t>(layer)] * inputs.cwiseProduct(inputs);
    for (Eigen::Index sample = 0; sample < values.cols(); ++sample) {
      const auto image = static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(sample);
      for (Eigen::Index output = 0; output < values.rows(); ++output) {
        const auto neuron = static_cast<std::uint32_t>(layer) << 24U | static_cast<std::uint32_t>(output);
        values(output, sample) +=
            std::sqrt(variance(output, sample)) * static_cast<float>(random.normal(image, neuron, chip_)[0]);
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
