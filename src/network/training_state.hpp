#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "network/mlp.hpp"
#include "network/shard_tree.hpp"

namespace spinsweep::network {

/// Pulses of training in situ are counted in this fraction of a pulse: sums of integers are the same on any number of
/// ranks.
constexpr std::int64_t pulse_unit = std::int64_t{1} << 20U;

/// A training between two of its steps: everything needed to resume it with bitwise identical results on any number of
/// ranks.
struct TrainingState {
  int step = 0;                  ///< steps done
  AlignedVector<float> weights;  ///< [parameter]; of quantisation-aware training the latent ones
  AlignedVector<float> mean;     ///< Adam's first moments, [parameter]; in situ the conductances of the first devices
  AlignedVector<float> square;   ///< Adam's second moments, [parameter]; in situ the conductances of the second devices
  std::vector<double> epoch_losses;                ///< mean loss of each finished epoch
  std::array<double, shard_count> shard_losses{};  ///< of the current epoch, summed over its steps
  std::int64_t pulses = 0;                         ///< of all devices of a training in situ, in units of 1/pulse_unit
};

}  // namespace spinsweep::network
