#pragma once

#include <array>
#include <vector>

#include "network/mlp.hpp"
#include "network/shard_tree.hpp"

namespace spinsweep::network {

/// A training between two of its steps: all that is needed to go on with it to the last bit, on any number of ranks.
struct TrainingState {
  int step = 0;                      ///< steps that are done
  AlignedVector<float> weights;      ///< [parameter]; of a training on levels the hidden ones, which move freely
  AlignedVector<float> mean;         ///< Adam's first moments, [parameter]
  AlignedVector<float> square;       ///< Adam's second moments, [parameter]
  std::vector<double> epoch_losses;  ///< mean loss of each epoch that is done
  std::array<double, shard_count> shard_losses{};  ///< of the epoch under way, summed over its steps
};

}  // namespace spinsweep::network
