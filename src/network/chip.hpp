#pragma once

#include <cstdint>
#include <optional>

#include "network/evaluation.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// What real devices do to a network.
struct DeviceVariation {
  double device_spread = 0.0;      ///< standard deviation of G between devices
  double programming_error = 0.0;  ///< standard deviation of G between writes
  double read_noise = 0.0;         ///< standard deviation of G between reads
  bool relative = false;           ///< of G itself; otherwise of the largest minus the smallest level
  double stuck_devices = 0.0;      ///< share of devices that stay at their lowest or their highest level
  double retention_drift = 0.0;    ///< share of the way to the nearest level that a wall creeps before it is read
};

/// A network put on one chip: every device drawn once, the same for the same seed and chip on any number of ranks.
class Chip {
 public:
  /// only_layer: the one layer whose devices vary; without it, all that have levels.
  Chip(const Mlp<float>& network, const Placement& placement, const DeviceVariation& variation, std::uint64_t seed,
       std::uint32_t chip, std::optional<int> only_layer = std::nullopt);

  /// The network as written: what is read without noise.
  [[nodiscard]] const Mlp<float>& network() const { return network_; }

  /// Every image is read once, with noise of its own. Collective.
  [[nodiscard]] Evaluation evaluate(const ImageSet& data, int classes,
                                    const parallel::Communicator& communicator) const;

 private:
  [[nodiscard]] Mlp<float>::Matrix scores(std::span<const float> images, int samples, std::size_t first) const;

  Mlp<float> network_;
  std::uint64_t seed_;
  std::uint32_t chip_;
  std::vector<Mlp<float>::Matrix> read_variance_;  ///< of each weight of each layer, [input][output]; empty: no noise
};

}  // namespace spinsweep::network
