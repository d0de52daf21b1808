#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/worker.hpp"
#include "network/deployments.hpp"
#include "network/idx.hpp"
#include "network/noise_jumps.hpp"
#include "network/trainer.hpp"
#include "results/results.hpp"
#include "study/study.hpp"
#include "training/baseline_memory.hpp"
#include "training/training_checkpoints.hpp"

namespace spinsweep::training {

/// A data set, and its training images in the form in which they are trained on.
struct LoadedDataSet {
  network::DataSet data;
  network::TrainingSet train;

  explicit LoadedDataSet(network::DataSet read) : data(std::move(read)), train(data.train) {}
};

/// Trains networks and puts them on devices, together with the other ranks of a group. Every call is collective over
/// the group. Networks are numbered row-major: a baseline is a (neuron, data set, seed), a run a (variant, neuron, data
/// set, seed).
class NetworkRuns {
 public:
  /// The worker's group trains together and is asked to stop between steps of a training, device samples and layers:
  /// then the training is saved and ended, or the deployment, with Interrupted.
  NetworkRuns(const study::Study& study, results::Results& results, TrainingCheckpoints& checkpoints,
              BaselineMemory& memory, engine::Worker& worker);

  /// Returns whether the FP32 network has been trained.
  bool train_baseline(const LoadedDataSet& set, const std::vector<double>& activation, std::size_t baseline);

  /// A control of a baseline that is done.
  void train_control(const LoadedDataSet& set, std::size_t baseline, std::size_t control);

  /// These deployments of a run, whose baseline is done.
  void put_on_device(const LoadedDataSet& set, const std::vector<double>& conductances, std::size_t run,
                     const std::vector<std::size_t>& deployments);

  /// Says that these deployments of a run have failed, as their baseline has, which was reported.
  void fail(std::size_t run, const std::vector<std::size_t>& deployments);

 private:
  struct Run;

  /// (neuron, data set, seed).
  [[nodiscard]] store::Extent index_of_baseline(std::size_t baseline) const;
  /// (variant, neuron, data set, seed, deployment).
  [[nodiscard]] store::Extent index_of_deployment(std::size_t run, std::size_t deployment) const;
  /// The seed whose index is the last of a baseline's.
  [[nodiscard]] std::uint64_t seed_of(const store::Extent& baseline) const;

  [[nodiscard]] network::TrainingSettings settings_of(const network::FurtherTraining& training, std::uint64_t seed,
                                                      std::size_t number);
  /// Continues a training from its checkpoint if there is one. number: in checkpoints_.
  std::vector<double> train(network::Mlp<float>& model, const LoadedDataSet& set,
                            const network::FurtherTraining& training, std::uint64_t seed, std::size_t number,
                            const network::Placement* levels = nullptr,
                            const std::optional<network::DeviceNoise>& noise = std::nullopt);
  /// As a deployment of the run trains in situ.
  network::InSituTraining train_in_situ(network::Mlp<float>& model, const Run& run, std::size_t deployment);
  /// A trained FP32 network, from memory if this run has had it.
  [[nodiscard]] network::Baseline baseline(const LoadedDataSet& set, std::size_t number);
  /// What the times and temperatures of [retention] do to a variant's levels; empty if they are not asked for or not
  /// known.
  [[nodiscard]] std::vector<network::LevelTransitions> agings(std::size_t variant,
                                                              const std::vector<double>& conductances) const;
  /// How a neuron variant scatters; nothing if no deployment asks for it.
  [[nodiscard]] std::optional<network::NeuronSpread> neurons_of(std::size_t neuron) const;
  void write(const std::function<void()>& work) const;
  /// Runs `work`, which returns an accuracy, as a piece of the worker's task. Returns whether it is done. cost:
  /// estimated, s.
  bool track(const LoadedDataSet& set, const std::string& what, double cost, results::Cells<std::int8_t> status,
             const std::function<double()>& work);
  void deploy(Run& run, std::size_t deployment);

  const network::NetworkSettings& settings_;
  std::int64_t study_seed_;
  std::vector<network::Reading> readings_;  ///< of each synapse variant
  std::vector<double> deployment_costs_;    ///< s
  std::chrono::duration<double> checkpoint_interval_;
  results::Results& results_;
  TrainingCheckpoints& checkpoints_;
  BaselineMemory& memory_;
  engine::Worker& worker_;
  const parallel::Communicator& group_;
};

}  // namespace spinsweep::training
