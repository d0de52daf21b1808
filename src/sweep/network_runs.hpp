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

/// A data set, and what training reads of it.
struct LoadedDataSet {
  network::DataSet data;
  network::TrainingSet train;

  explicit LoadedDataSet(network::DataSet read) : data(std::move(read)), train(data.train) {}
};

/// Trains networks and puts them on devices, together with the other ranks of a group. Every call is collective over
/// the group; what the file says is done is not done again.
class NetworkRuns {
 public:
  /// should_stop: asked on every rank of the group between steps of a training, device samples and layers; a yes on any
  /// of them saves the training and ends it, or the scheme, with Interrupted.
  NetworkRuns(const study::Study& study, store::ResultsFile& file, const parallel::Communicator& group,
              TrainingCheckpoints& checkpoints, std::function<bool()> should_stop, Progress& progress)
      : settings_(study.network),
        study_seed_(study.seed),
        checkpoint_interval_(study.run.checkpoint_interval),
        file_(file),
        checkpoints_(checkpoints),
        group_(group),
        stop_(std::move(should_stop)),
        progress_(progress) {}

  /// The FP32 network of a (neuron, data set, seed) and the controls of the study's schemes that have one.
  void train_baseline(const LoadedDataSet& set, const std::vector<double>& activation, const BaselineIndex& index);

  /// Every scheme of a run. Its baseline is in the file, or failed, as the schemes do then.
  void put_on_device(const LoadedDataSet& set, const std::vector<double>& conductances, const RunIndex& index);

  /// Trainings and schemes that failed, on the group's first rank.
  [[nodiscard]] const std::vector<Failure>& failures() const { return failures_; }

 private:
  struct Run;

  [[nodiscard]] std::uint64_t seed_of(std::uint64_t seed_index) const {
    return static_cast<std::uint64_t>(study_seed_) + seed_index;
  }
  [[nodiscard]] network::TrainingSettings training(int epochs, double learning_rate, network::Schedule schedule,
                                                   std::uint64_t seed) const;
  /// Goes on with a training from its checkpoint if it has one. number: in checkpoints_.
  std::vector<double> train(network::Mlp<float>& model, const LoadedDataSet& set, network::TrainingSettings settings,
                            std::uint64_t number);
  /// Of a scheme that has a control, and of the control.
  [[nodiscard]] network::TrainingSettings further_training(const std::string& scheme, std::uint64_t seed) const;
  void train_control(const LoadedDataSet& set, const network::Mlp<float>& baseline, const BaselineIndex& index,
                     const std::string& scheme);
  [[nodiscard]] network::Mlp<float> load_baseline(const BaselineIndex& index) const;
  /// What the group's first rank finds, on all ranks.
  [[nodiscard]] bool ask(const std::function<bool()>& question) const;
  /// Throws Interrupted, on all ranks, if any rank of the group is asked to stop. Collective.
  void throw_if_asked_to_stop() const;
  [[nodiscard]] std::vector<bool> schemes_done(const RunIndex& index) const;
  void write(const std::function<void()>& work) const;
  /// Marks what is worked on as running and, where the run is asked to stop, as interrupted. A simulation that fails
  /// fails this alone: what it was and why is kept. Returns whether it is done. cost: as foreseen, s.
  bool track(const std::string& what, double cost, const std::function<void(store::CaseStatus)>& mark,
             const std::function<void()>& work);
  void tell(const LoadedDataSet& set, const std::string& what, double accuracy, double cost) const;
  void run_scheme(const Run& run, const std::string& name);

  const network::NetworkSettings& settings_;
  std::int64_t study_seed_;
  std::chrono::duration<double> checkpoint_interval_;
  store::ResultsFile& file_;
  TrainingCheckpoints& checkpoints_;
  const parallel::Communicator& group_;
  std::function<bool()> stop_;
  Progress& progress_;
  std::vector<Failure> failures_;
};

}  // namespace spinsweep::sweep
