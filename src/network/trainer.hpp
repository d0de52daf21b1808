#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/interruption.hpp"
#include "network/gradient_exchange.hpp"
#include "network/level_projection.hpp"
#include "network/mlp.hpp"
#include "network/training_set.hpp"
#include "network/training_state.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// How the learning rate goes on.
enum class Schedule {
  constant,
  cosine  ///< from the learning rate at the first step to zero at the end (I. Loshchilov and F. Hutter, ICLR 2017)
};

/// "constant" or "cosine". Errors: InputError.
[[nodiscard]] Schedule schedule_of_name(const std::string& name);

/// How a network is trained.
struct TrainingSettings {
  int epochs = 6;
  int batch_size = 64;  ///< samples of a batch over all ranks
  double learning_rate = 1e-3;
  std::uint64_t seed = 1;  ///< of the order of the samples and of dropout
  Schedule schedule = Schedule::constant;
  double label_smoothing = 0.0;
  double dropout = 0.0;
  const Placement* levels = nullptr;  ///< if given, the network is trained, and left, exactly on these levels
  ExchangeKind exchange = ExchangeKind::automatic;
  std::function<bool()> should_stop = interruption_requested;  ///< asked on every rank between steps

  /// Given the state of the training on the first rank, every checkpoint_interval and before Interrupted is thrown.
  std::function<void(const TrainingState&)> save = nullptr;
  std::chrono::duration<double> checkpoint_interval{60.0};
  const TrainingState* resume = nullptr;  ///< of the same training: it goes on from there; the same on all ranks
};

/// Batches of all epochs. Errors: InputError if they are more than an int can count.
[[nodiscard]] int training_steps(int samples, int epochs, int batch_size);

/// Trains by Adam on softmax cross-entropy, data-parallel over the communicator. Returns the mean loss of each epoch.
///
/// Every batch is cut into a fixed number of shards, whatever the number of ranks; their gradients are added in a fixed
/// order, and random numbers are drawn by their number. So the trained weights are the same to the last bit on any
/// number of ranks, and whether or not the training was interrupted. Collective. Errors: SimulationError, on all ranks,
/// at the end of an epoch in which a weight or the loss became no finite number; EnvironmentError if MPI refuses;
/// InputError if settings.resume has another number of parameters or steps; what settings.save throws, on all ranks;
/// Interrupted, on all ranks, within 16 steps of any rank's being asked to stop, which leaves the network as it was.
std::vector<double> train(Mlp<float>& network, const TrainingSet& data, const TrainingSettings& settings,
                          const parallel::Communicator& communicator);

/// The order in which the samples are visited in an epoch: a permutation of 0 to count - 1 that depends on seed and
/// epoch alone.
[[nodiscard]] std::vector<int> sample_order(int count, std::uint64_t seed, int epoch);

}  // namespace spinsweep::network
