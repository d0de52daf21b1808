#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "network/idx.hpp"
#include "network/scheme.hpp"
#include "network/trainer.hpp"
#include "parallel/communicator.hpp"
#include "study/study.hpp"
#include "sweep/failure.hpp"
#include "sweep/network_rows.hpp"
#include "sweep/progress.hpp"
#include "sweep/training_checkpoints.hpp"

namespace spinsweep::sweep {

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
  /// should_stop: called on every rank of the group between steps of a training, device samples and layers; if it
  /// returns true on any of them, the training is saved and it, or the scheme, ends with Interrupted.
  NetworkRuns(const study::Study& study, store::ResultsFile& file, const parallel::Communicator& group,
              TrainingCheckpoints& checkpoints, std::function<bool()> should_stop, Progress& progress)
      : settings_(study.network),
        study_seed_(study.seed),
        readings_(readings_of(study)),
        checkpoint_interval_(study.run.checkpoint_interval),
        file_(file),
        checkpoints_(checkpoints),
        group_(group),
        stop_(std::move(should_stop)),
        progress_(progress) {}

  /// The FP32 network of a (neuron, data set, seed) and the controls of the study's schemes that have one.
  void train_baseline(const LoadedDataSet& set, const std::vector<double>& activation, const BaselineIndex& index);

  /// Every scheme of a run. Its baseline is in the file, or has failed, and then the schemes fail too.
  void put_on_device(const LoadedDataSet& set, const std::vector<double>& conductances, const RunIndex& index);

  /// Trainings and schemes that failed, on the group's first rank.
  [[nodiscard]] const std::vector<Failure>& failures() const { return failures_; }

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
  /// Throws Interrupted, on all ranks, if any rank of the group is to stop. Collective.
  void throw_if_asked_to_stop() const;
  [[nodiscard]] std::vector<bool> schemes_done(const RunIndex& index) const;
  void write(const std::function<void()>& work) const;
  /// Marks the work as running and, if the run is to stop, as interrupted. A SimulationError fails this work alone and
  /// is recorded in failures(). Returns whether the work is done. cost: estimated, s.
  bool track(const std::string& what, double cost, const std::function<void(store::CaseStatus)>& mark,
             const std::function<void()>& work);
  void report_done(const LoadedDataSet& set, const std::string& what, double accuracy, double cost) const;
  void run_scheme(const Run& run, const std::string& name);

  const network::NetworkSettings& settings_;
  std::int64_t study_seed_;
  std::vector<network::Reading> readings_;  ///< of each synapse variant
  std::chrono::duration<double> checkpoint_interval_;
  store::ResultsFile& file_;
  TrainingCheckpoints& checkpoints_;
  const parallel::Communicator& group_;
  std::function<bool()> stop_;
  Progress& progress_;
  std::vector<Failure> failures_;
};

}  // namespace spinsweep::sweep
