#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/interruption.hpp"
#include "network/device_noise.hpp"
#include "network/gradient_exchange.hpp"
#include "network/level_projection.hpp"
#include "network/mlp.hpp"
#include "network/pulsed_devices.hpp"
#include "network/schedule.hpp"
#include "network/training_set.hpp"
#include "network/training_state.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// How a network is trained.
struct TrainingSettings {
  int epochs = 6;
  int batch_size = 64;  ///< samples of a batch over all ranks
  double learning_rate = 1e-3;
  std::uint64_t seed = 1;  ///< of the order of the samples and of dropout
  Schedule schedule = Schedule::constant;
  double label_smoothing = 0.0;
  double dropout = 0.0;
  const Placement* levels = nullptr;   ///< if given, quantisation-aware training on these levels
  const DeviceNoise* noise = nullptr;  ///< if given, the errors of writing that training on levels draws in every step
  const PulsedDevices* pulsed = nullptr;  ///< if given, training in situ: gradient descent by pulses on these devices
  ExchangeKind exchange = ExchangeKind::automatic;
  std::function<bool()> should_stop = interruption_requested;  ///< called on every rank between steps

  /// Called with the state of the training on the first rank, every checkpoint_interval and before Interrupted is
  /// thrown.
  std::function<void(const TrainingState&)> save = nullptr;
  std::chrono::duration<double> checkpoint_interval{60.0};
  const TrainingState* resume = nullptr;  ///< continue from here; the same on all ranks

  /// Called with the state of the finished training on the first rank.
  std::function<void(const TrainingState&)> finish = nullptr;
};

/// Batches of all epochs. Errors: InputError if an int cannot count them.
[[nodiscard]] int training_steps(int samples, int epochs, int batch_size);

/// Trains by Adam, or in situ by gradient descent, on softmax cross-entropy, data-parallel over the communicator.
/// Returns the mean loss of each epoch.
///
/// Every batch is cut into a fixed number of shards, independent of the number of ranks; their gradients are added in a
/// fixed order, and random numbers are counter-based. So the trained weights are bitwise identical on any number of
/// ranks, and whether or not the training was interrupted. Collective. Errors: SimulationError, on all ranks, at the
/// end of an epoch in which a weight or the loss is not finite; EnvironmentError if MPI fails; InputError if
/// settings.resume is of another number of parameters or steps; what settings.save throws, on all ranks; Interrupted,
/// on all ranks, within 16 steps of a request to stop on any rank, which leaves the network unchanged.
std::vector<double> train(Mlp<float>& network, const TrainingSet& data, const TrainingSettings& settings,
                          const parallel::Communicator& communicator);

/// The order in which the samples are visited in an epoch: a permutation of 0 to count - 1 that depends on seed and
/// epoch alone.
[[nodiscard]] std::vector<int> sample_order(int count, std::uint64_t seed, int epoch);

}  // namespace spinsweep::network
