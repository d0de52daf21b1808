#pragma once

#include <cstdint>
#include <span>

#include "network/mlp.hpp"
#include "network/placement.hpp"
#include "network/write_noise.hpp"

namespace spinsweep::network {

/// Errors of writing in training: the network computes with the conductances that the devices of its weights would have
/// if it were written to another sample of devices in every step (noise-aware training; V. Joshi et al., Nat. Commun.
/// 11, 2473 (2020)). They depend on the seed, the step and the weight alone. Biases have none.
class TrainingNoise {
 public:
  /// For networks shaped like this one. placement outlives this.
  TrainingNoise(const Mlp<float>& network, const Placement& placement, const DeviceNoise& noise, std::uint64_t seed);

  /// Parameters [begin, begin + weights.size()) that are on levels become those that are read in a step.
  void disturb(std::size_t begin, std::span<float> weights, int step) const;

 private:
  ParameterLayout layout_;
  const Placement& placement_;
  WriteNoise noise_;
};

}  // namespace spinsweep::network
