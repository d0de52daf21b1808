#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "network/evaluation.hpp"
#include "network/idx.hpp"
#include "network/placement.hpp"
#include "network/settings.hpp"
#include "network/synapse_energy.hpp"
#include "network/trainer.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// How a scheme trains the FP32 network further, and how its control is trained.
struct FurtherTraining {
  int epochs = 0;
  double learning_rate = 0.0;
  Schedule schedule = Schedule::constant;
  std::uint64_t seed_offset = 0;  ///< added to the run's seed, for an order of the samples of its own
};

/// How much a scheme has to compute.
struct SchemeCost {
  int epochs = 0;            ///< of training
  double evaluations = 0.0;  ///< on the whole test set
};

/// What a scheme is run on. Every function is collective over `ranks`.
struct SchemeInput {
  const NetworkSettings& settings;
  const DataSet& data;
  std::uint64_t seed;                        ///< of the run
  const Mlp<float>& baseline;                ///< the trained FP32 network
  const std::vector<double>& baseline_loss;  ///< of each epoch, on the first rank
  const Placement* placement;                ///< what Scheme::place() returned; null if it needs no levels
  Reading reading;                           ///< how the synapses are read
  const parallel::Communicator& ranks;

  /// Trains a network as Scheme::further_training() says, on levels unless these are null. Returns the mean loss of
  /// each epoch.
  std::function<std::vector<double>(Mlp<float>& network, const Placement* levels)> train_further;

  /// Throws Interrupted, on all ranks, if the run is to stop: a scheme calls it before each piece of work.
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
};

/// A network of which one layer alone is on the device.
struct LayerResult {
  double accuracy = 0.0;
  std::vector<double> sample_accuracies;  ///< [device sample], of the whole network with noise in this layer alone
};

struct SchemeResult {
  Mlp<float> network;
  Evaluation evaluation;
  std::vector<double> loss = {};  ///< [epoch]; empty if the scheme trains nothing
  std::optional<double> requantized_accuracy = std::nullopt;
  std::optional<DeviceResult> device = std::nullopt;
  std::vector<LayerResult> layers = {};  ///< [layer], or none
};

/// A way to put a trained network on a device: one class in one file, and its line in schemes.cpp.
class Scheme {
 public:
  Scheme() = default;
  Scheme(const Scheme&) = delete;
  Scheme& operator=(const Scheme&) = delete;
  Scheme(Scheme&&) = delete;
  Scheme& operator=(Scheme&&) = delete;
  virtual ~Scheme() = default;

  /// In sweep and results files.
  [[nodiscard]] virtual std::string_view name() const = 0;

  /// Nothing if the FP32 network is not trained further.
  [[nodiscard]] virtual std::optional<FurtherTraining> further_training(const NetworkSettings& settings) const;

  /// Whether training takes the weights off the levels, so that they are requantized to be on the device.
  [[nodiscard]] virtual bool is_requantized() const { return false; }

  [[nodiscard]] virtual SchemeCost cost(const NetworkSettings& settings) const = 0;

  /// How the weights of a network follow from the levels of a device; nothing if they do not. By default as the mapping
  /// and the settings say.
  [[nodiscard]] virtual std::optional<Placement> place(const Mlp<float>& baseline, const DeviceLevels& device,
                                                       const Mapping& mapping, const NetworkSettings& settings) const;

  /// Collective over input.ranks. Errors: those of train(), Interrupted.
  [[nodiscard]] virtual SchemeResult run(const SchemeInput& input) const = 0;
};

/// Accuracy of a network on the levels of input.placement on each device sample. only_layer: as of DeviceSample.
/// Collective.
[[nodiscard]] std::vector<double> sample_accuracies(const SchemeInput& input, const Mlp<float>& on_levels,
                                                    std::optional<int> only_layer = std::nullopt);

/// trained: the scheme's network; on_levels: the same with every weight that has levels on one of them. Collective.
[[nodiscard]] DeviceResult evaluate_on_device(const SchemeInput& input, const Mlp<float>& trained,
                                              const Mlp<float>& on_levels);

}  // namespace spinsweep::network
