#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "network/deployment.hpp"
#include "network/evaluation.hpp"
#include "network/idx.hpp"
#include "network/noise_jumps.hpp"
#include "network/noise_neuron.hpp"
#include "network/placement.hpp"
#include "network/pulsed_devices.hpp"
#include "network/synapse_energy.hpp"
#include "network/trainer.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// How a method trains the FP32 network further, and how its control is trained.
struct FurtherTraining {
  int epochs = 0;
  double learning_rate = 0.0;
  Schedule schedule = Schedule::constant;
  std::uint64_t seed_offset = 0;  ///< added to the run's seed, for an order of the samples of its own

  friend bool operator==(const FurtherTraining&, const FurtherTraining&) = default;
};

/// A trained FP32 network, which every deployment starts from.
struct Baseline {
  Mlp<float> network;
  std::vector<double> loss;  ///< of each epoch, on the first rank
  Evaluation evaluation;
};

/// A network that has been trained in situ, and the devices that hold it.
struct InSituTraining {
  std::vector<double> loss;  ///< of each epoch
  PulsedDevices devices;
  TrainedDevices trained;
};

/// What a method is run on. Every function is collective over `ranks`.
struct MethodInput {
  const Deployment& deployment;
  int device_samples;
  const DataSet& data;
  std::uint64_t seed;  ///< of the run
  const Baseline& baseline;
  const Placement* placement;                     ///< by Method::placement_rule(); null if the method needs no levels
  Reading reading;                                ///< how the synapses are read
  std::span<const LevelTransitions> agings = {};  ///< after each of which device samples are evaluated again
  const NeuronSpread* neurons = nullptr;          ///< of simulated neurons; null: their noise is not asked for
  const parallel::Communicator& ranks;

  /// Trains a network as Method::further_training() says, on levels unless these are null. Returns the mean loss of
  /// each epoch.
  std::function<std::vector<double>(Mlp<float>& network, const Placement* levels)> train_further;

  /// Trains a network from where it is as the deployment's settings say. The same on all ranks.
  std::function<InSituTraining(Mlp<float>& network)> train_in_situ = nullptr;

  /// Throws Interrupted, on all ranks, if the run is to stop: a method calls it before each piece of work.
  std::function<void()> throw_if_asked_to_stop;

  [[nodiscard]] Evaluation evaluate(const Mlp<float>& network) const {
    return network::evaluate(network, data.test, data.classes, ranks);
  }
};

/// A network whose weights are conductances of devices.
struct DeviceResult {
  std::vector<std::int32_t> levels_used;       ///< [layer]; 0 where weights are off the levels
  std::vector<std::int32_t> levels_available;  ///< [layer]
  double inference_energy = 0.0;               ///< J, for one image
  std::vector<double> sample_accuracies;       ///< [device sample]
  std::vector<double> retained_accuracies;     ///< [aging][device sample], of MethodInput::agings
};

/// A network of which one layer alone is on the device.
struct LayerResult {
  double accuracy = 0.0;
  std::vector<double> sample_accuracies;  ///< [device sample], of the whole network with noise in this layer alone
};

/// What training in situ has made of the devices.
struct InSituResult {
  double inference_energy = 0.0;   ///< J, for one image
  double pulses_per_device = 0.0;  ///< of the training, mean
};

struct MethodResult {
  Mlp<float> network;
  Evaluation evaluation;
  std::vector<double> loss = {};  ///< [epoch]; empty if the method trains nothing
  std::optional<double> requantized_accuracy = std::nullopt;
  std::optional<DeviceResult> device = std::nullopt;
  std::vector<LayerResult> layers = {};  ///< [layer], or none
  std::optional<InSituResult> in_situ = std::nullopt;
};

/// A way to put a trained network on a device: one class in one file, and its line in methods.cpp.
class Method {
 public:
  Method() = default;
  Method(const Method&) = delete;
  Method& operator=(const Method&) = delete;
  Method(Method&&) = delete;
  Method& operator=(Method&&) = delete;
  virtual ~Method() = default;

  /// In sweep and results files.
  [[nodiscard]] virtual std::string_view name() const = 0;

  /// Nothing if the FP32 network is not trained further.
  [[nodiscard]] virtual std::optional<FurtherTraining> further_training(const DeploymentSettings& settings) const;

  /// The errors that are drawn in every step of further training; nothing if none are.
  [[nodiscard]] virtual std::optional<DeviceNoise> training_noise(const DeploymentSettings& /*settings*/) const {
    return std::nullopt;
  }

  /// Epochs of training in situ; 0 if there is none.
  [[nodiscard]] virtual int in_situ_epochs(const DeploymentSettings& /*settings*/) const { return 0; }

  /// Whether training takes the weights off the levels, so that they are requantized to be on the device.
  [[nodiscard]] virtual bool is_requantized() const { return false; }

  /// How often the whole test set is evaluated, for the estimate of the computing time.
  [[nodiscard]] virtual double evaluations(int layers, int device_samples) const = 0;

  /// How the weights follow from the levels of a device; nothing if they do not. By default as the deployment says.
  [[nodiscard]] virtual std::optional<PlacementRule> placement_rule(const Deployment& deployment) const;

  /// Collective over input.ranks. Errors: those of train(), Interrupted.
  [[nodiscard]] virtual MethodResult run(const MethodInput& input) const = 0;
};

/// Accuracy of a network on the levels of input.placement on each device sample. only_layer: as of DeviceSample.
/// Collective.
[[nodiscard]] std::vector<double> sample_accuracies(const MethodInput& input, const Mlp<float>& on_levels,
                                                    std::optional<int> only_layer = std::nullopt);

/// The same after each of input.agings, [aging][device sample]. as_written: sample_accuracies(); a sample none of whose
/// devices has moved has this accuracy. Collective.
[[nodiscard]] std::vector<double> retained_accuracies(const MethodInput& input, const Mlp<float>& on_levels,
                                                      std::span<const double> as_written);

/// trained: the method's network; on_levels: the same with every weight that has levels on one of them. Collective.
[[nodiscard]] DeviceResult evaluate_on_device(const MethodInput& input, const Mlp<float>& trained,
                                              const Mlp<float>& on_levels);

}  // namespace spinsweep::network
