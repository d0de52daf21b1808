#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/worker.hpp"
#include "network/idx.hpp"
#include "network/scheme.hpp"
#include "network/trainer.hpp"
#include "parallel/communicator.hpp"
#include "study/study.hpp"
#include "training/network_rows.hpp"
#include "training/training_checkpoints.hpp"

namespace spinsweep::training {

/// A data set, and its training images in the form in which they are trained on.
struct LoadedDataSet {
  network::DataSet data;
  network::TrainingSet train;

  explicit LoadedDataSet(network::DataSet read) : data(std::move(read)), train(data.train) {}
};

/// Trains networks and puts them on devices, together with the other ranks of a group. Every call is collective over
/// the group; work that is done according to the file is not repeated.
class NetworkRuns {
 public:
  /// The worker's group trains together and is asked to stop between steps of a training, device samples and layers:
  /// then the training is saved and ended, or the scheme, with Interrupted.
  NetworkRuns(const study::Study& study, results::Results& results, TrainingCheckpoints& checkpoints,
              engine::Worker& worker)
      : settings_(study.network),
        study_seed_(study.seed),
        readings_(readings_of(study)),
        checkpoint_interval_(study.run.checkpoint_interval),
        results_(results),
        checkpoints_(checkpoints),
        worker_(worker),
        group_(worker.group().communicator()) {}

  /// The FP32 network of a (neuron, data set, seed) and the controls of the study's schemes that have one.
  void train_baseline(const LoadedDataSet& set, const std::vector<double>& activation, const BaselineIndex& index);

  /// Every scheme of a run. Its baseline is in the file, or has failed, and then the schemes fail too.
  void put_on_device(const LoadedDataSet& set, const std::vector<double>& conductances, const RunIndex& index);

 private:
  struct Run;

  static std::vector<network::Reading> readings_of(const study::Study& study);

  [[nodiscard]] std::uint64_t seed_of(std::uint64_t seed_index) const {
    return static_cast<std::uint64_t>(study_seed_) + seed_index;
  }
  [[nodiscard]] network::TrainingSettings training(int epochs, double learning_rate, network::Schedule schedule,
                                                   std::uint64_t seed) const;
  /// Continues a training from its checkpoint if there is one. number: in checkpoints_.
  std::vector<double> train(network::Mlp<float>& model, const LoadedDataSet& set, network::TrainingSettings settings,
                            std::uint64_t number);
  /// For a scheme that has a control, and for the control.
  [[nodiscard]] network::TrainingSettings further_training(const std::string& scheme, std::uint64_t seed) const;
  void train_control(const LoadedDataSet& set, const network::Mlp<float>& baseline, const BaselineIndex& index,
                     const std::string& scheme);
  [[nodiscard]] network::Mlp<float> load_baseline(const BaselineIndex& index) const;
  /// The answer of the group's first rank, on all ranks.
  [[nodiscard]] bool ask(const std::function<bool()>& question) const;
  /// Throws Interrupted, on all ranks of the group, if the run is to stop. Collective.
  void throw_if_asked_to_stop() const { worker_.throw_if_stopped(); }
  [[nodiscard]] std::vector<bool> schemes_done(const RunIndex& index) const;
  void write(const std::function<void()>& work) const;
  /// Runs `work` as a piece of the worker's task. Returns whether it is done. cost: estimated, s.
  bool track(const std::string& what, double cost, const std::function<void(store::CaseStatus)>& mark,
             const std::function<void()>& work);
  void report_done(const LoadedDataSet& set, const std::string& what, double accuracy, double cost) const;
  void run_scheme(const Run& run, const std::string& name);

  const network::NetworkSettings& settings_;
  std::int64_t study_seed_;
  std::vector<network::Reading> readings_;  ///< of each synapse variant
  std::chrono::duration<double> checkpoint_interval_;
  results::Results& results_;
  TrainingCheckpoints& checkpoints_;
  engine::Worker& worker_;
  const parallel::Communicator& group_;
};

}  // namespace spinsweep::training
