#include "training/network_runs.hpp"

#include <fmt/format.h>

#include "base/stopwatch.hpp"
#include "network/make_network.hpp"
#include "network/misclassified.hpp"
#include "network/model_file.hpp"
#include "parallel/on_root.hpp"
#include "store/case_status.hpp"
#include "training/network_estimate.hpp"
#include "training/network_table.hpp"

namespace spinsweep::training {

using network::Mlp;
using network::Schedule;

network::TrainingSettings NetworkRuns::training(int epochs, double learning_rate, Schedule schedule,
                                                std::uint64_t seed) const {
  return {.epochs = epochs,
          .batch_size = settings_.batch_size,
          .learning_rate = learning_rate,
          .seed = seed,
          .schedule = schedule,
          .label_smoothing = settings_.label_smoothing,
          .dropout = settings_.dropout,
          .should_stop = [this] { return worker_.stop_requested(); },
          .checkpoint_interval = checkpoint_interval_};
}

network::TrainingSettings NetworkRuns::further_training(const std::string& scheme, std::uint64_t seed) const {
  const network::FurtherTraining further = network::scheme_of_name(scheme).further_training(settings_).value();
  return training(further.epochs, further.learning_rate, further.schedule, seed + further.seed_offset);
}

std::vector<double> NetworkRuns::train(Mlp<float>& model, const LoadedDataSet& set, network::TrainingSettings settings,
                                       std::uint64_t number) {
  const auto state = checkpoints_.take(number, group_);
  settings.resume = state ? &*state : nullptr;
  settings.save = [&](const network::TrainingState& reached) { checkpoints_.save(number, reached); };
  return network::train(model, set.train, settings, group_);
}

void NetworkRuns::write(const std::function<void()>& work) const {
  parallel::on_root(group_, work);
}

bool NetworkRuns::ask(const std::function<bool()>& question) const {
  return parallel::of_root(group_, question);
}

bool NetworkRuns::track(const std::string& what, double cost, const std::function<void(store::CaseStatus)>& mark,
                        const std::function<void()>& work) {
  const auto write_mark = [&](store::CaseStatus status) { write([&] { mark(status); }); };
  return worker_.run({.name = what,
                      .cost = cost,
                      .mark = write_mark,
                      .fail = [&](const std::string& /*reason*/) { write_mark(store::CaseStatus::failed); }},
                     work);
}

void NetworkRuns::report_done(const LoadedDataSet& set, const std::string& what, double accuracy, double cost) const {
  worker_.report_done(fmt::format("{} {}, {:.2f} %", set.data.name, what, 100.0 * accuracy), cost);
}

void NetworkRuns::train_baseline(const LoadedDataSet& set, const std::vector<double>& activation,
                                 const BaselineIndex& index) {
  BaselineRows rows(results_, index);
  const std::uint64_t seed = seed_of(index[2]);
  Mlp<float> model = make_network(settings_, set.data.shape(), activation);
  if (ask([&] { return rows.is_done(); })) {
    model = load_baseline(index);
  } else {
    const std::string name = fmt::format("neuron {} seed {} trained in FP32", index[0], seed);
    const double cost = estimated_baseline_seconds(settings_);
    const bool is_trained = track(
        set.data.name + " " + name, cost, [&](store::CaseStatus status) { rows.mark(status); },
        [&] {
          const Stopwatch watch;
          model.initialize(seed);
          const auto loss = train(model, set,
                                  training(settings_.epochs, settings_.learning_rate,
                                           network::schedule_of_name(settings_.learning_rate_schedule), seed),
                                  checkpoints_.baseline(index));
          const auto evaluation = network::evaluate(model, set.data.test, set.data.classes, group_);
          write([&] {
            rows.store(network::save_model(model), loss, evaluation.accuracy,
                       network::first_misclassified(model, set.data.test, baseline_table::misclassified_count),
                       set.data.test, watch.seconds());
          });
          report_done(set, name, evaluation.accuracy, cost);
        });
    if (!is_trained) {
      return;
    }
  }
  for (const std::string& scheme : settings_.schemes) {
    if (network::has_control(scheme) &&
        !ask([&] { return rows.is_control_done(place_of_scheme(settings_, scheme)); })) {
      train_control(set, model, index, scheme);
    }
  }
}

void NetworkRuns::train_control(const LoadedDataSet& set, const Mlp<float>& baseline, const BaselineIndex& index,
                                const std::string& scheme) {
  BaselineRows rows(results_, index);
  const std::uint64_t place = place_of_scheme(settings_, scheme);
  const std::uint64_t seed = seed_of(index[2]);
  const std::string name =
      fmt::format("neuron {} seed {} trained further as the control of {}", index[0], seed, scheme);
  const double cost = estimated_control_seconds(settings_, scheme);
  track(
      set.data.name + " " + name, cost, [&](store::CaseStatus status) { rows.mark_control(place, status); },
      [&] {
        const Stopwatch watch;
        Mlp<float> model = baseline;
        const auto loss = train(model, set, further_training(scheme, seed), checkpoints_.control(index, place));
        const auto evaluation = network::evaluate(model, set.data.test, set.data.classes, group_);
        write([&] { rows.store_control(place, loss, evaluation.accuracy, watch.seconds()); });
        report_done(set, name, evaluation.accuracy, cost);
      });
}

Mlp<float> NetworkRuns::load_baseline(const BaselineIndex& index) const {
  return network::load_model(parallel::of_root(group_, [&] { return BaselineRows(results_, index).model(); }));
}

}  // namespace spinsweep::training
