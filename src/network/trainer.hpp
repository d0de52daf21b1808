#pragma once

#include <cstdint>
#include <vector>

#include "network/idx.hpp"
#include "network/mlp.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// How a network is trained.
struct TrainingSettings {
  int epochs = 6;
  int batch_size = 64;  ///< samples of a batch over all ranks
  double learning_rate = 1e-3;
  std::uint64_t seed = 1;  ///< of the order of the samples
};

/// Trains by Adam (D. P. Kingma and J. Ba, ICLR 2015, algorithm 1, with its default moments) on softmax cross-entropy,
/// data-parallel over the communicator. Returns the mean loss of each epoch.
///
/// Every batch is cut into a fixed number of shards, whatever the number of ranks; their gradients are added in a fixed
/// order. So the trained weights are the same to the last bit on any number of ranks. Collective.
std::vector<double> train(Mlp<float>& network, const ImageSet& data, const TrainingSettings& settings,
                          const parallel::Communicator& communicator);

/// The order in which the samples are visited in an epoch: a permutation of 0 to count - 1 that depends on seed and
/// epoch alone.
[[nodiscard]] std::vector<int> sample_order(int count, std::uint64_t seed, int epoch);

}  // namespace spinsweep::network
