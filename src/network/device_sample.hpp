#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "network/device_noise.hpp"
#include "network/evaluation.hpp"
#include "network/noise_jumps.hpp"
#include "network/noise_neuron.hpp"
#include "network/noise_read.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// A network written to one random sample of devices: every device is drawn once, the same for the same seed and sample
/// number on any number of ranks.
class DeviceSample {
 public:
  /// only_layer: the one layer whose devices are noisy; without it, all that have levels. transitions: what time has
  /// done to the devices; null: they are read when they have been written. neurons: as of NeuronNoise.
  DeviceSample(const Mlp<float>& network, const Placement& placement, const DeviceNoise& noise, std::uint64_t seed,
               std::uint32_t sample, std::optional<int> only_layer = std::nullopt,
               const LevelTransitions* transitions = nullptr, const NeuronSpread* neurons = nullptr);

  /// The network as written: what is read without read noise.
  [[nodiscard]] const Mlp<float>& network() const { return network_; }

  /// Every image is read once, with noise of reading and of the neurons of its own. Collective.
  [[nodiscard]] Evaluation evaluate(const ImageSet& data, int classes,
                                    const parallel::Communicator& communicator) const;

 private:
  /// inputs: of the layer, for images from `first` on; values: its pre-activations.
  void add_read_noise(int layer, const Mlp<float>::Matrix& inputs, std::size_t first, Mlp<float>::Matrix& values) const;
  void activate(int layer, std::size_t first, Mlp<float>::Matrix& values) const;
  [[nodiscard]] Mlp<float>::Matrix scores(std::span<const float> images, int samples, std::size_t first) const;

  Mlp<float> network_;
  ReadNoise read_noise_;
  NeuronNoise neuron_noise_;
  std::vector<Mlp<float>::Matrix> read_variance_;  ///< of each weight of each layer, [input][output]; empty: no noise
};

}  // namespace spinsweep::network
