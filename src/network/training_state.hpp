#pragma once

#include <array>
#include <vector>

#include "network/mlp.hpp"
#include "network/shard_tree.hpp"

namespace spinsweep::network {

/// A training between two of its steps: everything needed to resume it with bitwise identical results on any number of
/// ranks.
struct TrainingState {
  int step = 0;                                    ///< steps done
  AlignedVector<float> weights;                    ///< [parameter]; of quantisation-aware training the latent ones
  AlignedVector<float> mean;                       ///< Adam's first moments, [parameter]
  AlignedVector<float> square;                     ///< Adam's second moments, [parameter]
  std::vector<double> epoch_losses;                ///< mean loss of each finished epoch
  std::array<double, shard_count> shard_losses{};  ///< of the current epoch, summed over its steps
};

}  // namespace spinsweep::network
