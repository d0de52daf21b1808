#include "programming/programming_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/not_a_number.hpp"
#include "base/stopwatch.hpp"
#include "base/words.hpp"
#include "device/demag_cache.hpp"
#include "device/track_geometry.hpp"
#include "parallel/isolate.hpp"
#include "parallel/on_root.hpp"
#include "parallel/run_collective.hpp"
#include "programming/method.hpp"
#include "programming/programming_table.hpp"
#include "programming/realizations.hpp"
#include "programming/stored_plan.hpp"
#include "programming/summary.hpp"
#include "study/case_seed.hpp"
#include "study/estimate.hpp"

namespace spinsweep::programming {

namespace {

namespace table = programming_table;
using store::CaseStatus;

/// A device that is written, and what is known of it.
struct Writable {
  WritableDevice device;
  WritingPlan plan;
};

/// The plan of one case of a variant, whose current density is an axis.
study::DevicePlan plan_of_case(const study::DevicePlan& plan, const device::DeviceParameters& p) {
  study::DevicePlan one;
  one.base = plan.base;
  one.axes = plan.axes;
  one.axes.push_back({.path = "pulse.current_density", .values = {}});
  one.cases = {p};
  return one;
}

/// A task is a recipe of a variant, or all of them if they share their simulations. What it needs is the variant's
/// levels and amplitudes.
class ProgrammingStage : public engine::Stage {
 public:
  ProgrammingStage(results::Results& results, const parallel::Communicator& communicator)
      : results_(results),
        plan_(results.study().weights()),
        variants_(study::variants(plan_)),
        settings_(section.of(results.study())),
        method_(method_of(settings_.method)),
        recipes_(results[table::status].shape().back()),
        recipes_of_task_(method_.shares_simulations() ? recipes_ : 1),
        group_(engine::TaskGroup::of_size(communicator, 1)) {
    for (const std::int32_t count : results[table::levels].read()) {
      has_plan_.push_back(count > 0);
    }
  }

  [[nodiscard]] std::string name() const override { return "programming"; }
  [[nodiscard]] const engine::TaskGroup& group() const override { return group_; }

  [[nodiscard]] engine::Workload workload() const override {
    engine::Workload workload;
    const auto status = results_.statuses(table::status);
    const auto costs = estimated_seconds(results_.study());
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      workload.preparation_costs.push_back(preparation_seconds(results_.study(), parameters(v)));
    }
    for (std::size_t first = 0; first < status.size(); first += recipes_of_task_) {
      double cost = 0.0;
      bool is_open = false;
      for (std::size_t k = first; k < first + recipes_of_task_; ++k) {
        cost += costs[k];
        is_open = is_open || (status[k] != CaseStatus::done &&
                              (status[k] != CaseStatus::failed || results_.study().run.retry_failed));
      }
      if (is_open) {
        workload.tasks.push_back({.number = first,
                                  .cost = cost,
                                  .has_checkpoint = status[first] == CaseStatus::interrupted,
                                  .needs = first / recipes_});
      }
    }
    workload.pieces = workload.tasks.size();
    return workload;
  }

  void prepare(std::size_t variant, engine::Worker& worker) override {
    writable_.reset();
    disordered_.clear();
    failure_.clear();
    if (results_.study().run.retry_failed) {
      results_[table::message].at(variant).write_text("");
    }
    const device::DeviceParameters p = parameters(variant);
    parallel::isolate(
        group_.communicator(),
        [&] {
          const WritableDevice device(p, settings_, cache_.get(p), results_.study().run.time_limit);
          if (has_plan_[variant]) {
            writable_.emplace(Writable{device, stored_plan(results_, variant, device.reset_state(worker)).value()});
          } else {
            writable_.emplace(Writable{device, device.plan(worker)});
            store_plan(results_, variant, writable_->plan);
          }
        },
        [this](const std::string& reason) { failure_ = reason; });
  }

  void run(const engine::Task& task, engine::Worker& worker) override {
    const std::size_t variant = task.number / recipes_;
    const std::size_t recipe = task.number % recipes_;
    const std::string name = name_of(variant) + ", " + recipe_name(recipe);
    const auto mark = [&](CaseStatus now) { mark_recipes(variant, recipe, now); };
    const auto fail = [&](const std::string& reason) {
      results_[table::message].at(variant).write_text(reason);
      mark_recipes(variant, recipe, CaseStatus::failed);
    };
    worker.run({.name = name, .cost = task.cost, .mark = mark, .fail = fail}, [&] {
      if (!failure_.empty()) {
        throw SimulationError(failure_);
      }
      const Stopwatch watch;
      const std::string summary = write_realizations(variant, recipe, worker);
      for (std::size_t k = recipe; k < recipe + recipes_of_task_; ++k) {
        results_[table::wall_time].at(variant, k).write(watch.seconds() / static_cast<double>(recipes_of_task_));
      }
      results_.file().sync();
      mark_recipes(variant, recipe, CaseStatus::done);
      results_.file().sync();
      worker.report_done(fmt::format("{}, {}", name, summary), task.cost);
    });
  }

  static double preparation_seconds(const study::Study& study, const device::DeviceParameters& p) {
    const Settings& settings = section.of(study);
    // Identical pulses have no amplitude that is looked for. The others go through a scan, then halve a bracket for
    // each level.
    const double halvings = settings.method == MethodName::pulse_train
                                ? 0.0
                                : std::max(1.0, std::log2(settings.max_current_density / settings.amplitude_tolerance));
    device::DeviceParameters cold = with_one_pulse(p);
    cold.material.temperature = 0.0;
    const double pulse = study::estimated_seconds(plan_of_case(study.weights(), cold), 0);
    return study::estimated_relaxation_seconds(p) + study::estimated_level_seconds(p) +
           pulse * (1.0 + halvings + halvings * static_cast<double>(device::notch_sites(p.track, p.notches).size()));
  }

  /// One failure of each variant for all recipes that failed for the same reason.
  [[nodiscard]] std::vector<engine::Failure> by_variant(const std::vector<engine::Failure>& of_tasks) const {
    std::map<std::string, std::vector<engine::Failure>> by_name;
    for (const engine::Failure& failure : of_tasks) {
      by_name[failure.name.substr(0, failure.name.rfind(", "))].push_back(failure);
    }
    std::vector<engine::Failure> merged;
    for (std::size_t v = 0; v < variants_.size() && !by_name.empty(); ++v) {
      const std::string variant = name_of(v);
      std::vector<engine::Failure> of_variant = std::move(by_name[variant]);
      by_name.erase(variant);
      while (!of_variant.empty()) {
        const engine::Failure first = of_variant.front();
        const auto alike =
            std::erase_if(of_variant, [&](const auto& failure) { return failure.reason == first.reason; });
        const bool are_all = alike == recipes_ / recipes_of_task_;
        merged.push_back({are_all      ? variant
                          : alike == 1 ? first.name
                                       : fmt::format("{}, {} recipes", variant, alike),
                          first.reason});
      }
    }
    return merged;
  }

 private:
  [[nodiscard]] std::string name_of(std::size_t variant) const {
    return variant_name(plan_, variant, variants_[variant]);
  }

  [[nodiscard]] device::DeviceParameters parameters(std::size_t variant) const {
    return plan_.cases[variants_[variant].cases.front()];
  }

  [[nodiscard]] std::string recipe_name(std::size_t recipe) const {
    return method_.shares_simulations() ? "pulse train" : fmt::format("recipe {}", recipe);
  }

  void mark_recipes(std::size_t variant, std::size_t first, CaseStatus status) {
    for (std::size_t k = first; k < first + recipes_of_task_; ++k) {
      results_[table::status].at(variant, k).mark(status);
    }
  }

  [[nodiscard]] std::uint64_t noise_seed(std::size_t variant, double current_density, std::size_t realization,
                                         int pulse) const {
    device::DeviceParameters p = parameters(variant);
    p.pulse.current_density = current_density;
    p.thermal.realization = static_cast<int>(realization);
    return study::case_seed(results_.study().seed, plan_of_case(plan_, p), 0) + static_cast<std::uint64_t>(pulse);
  }

  /// Whether an earlier run has written a realisation of a recipe and of those that share its simulations.
  [[nodiscard]] bool is_written(std::size_t variant, std::size_t first, std::size_t realization) const {
    for (std::size_t k = first; k < first + recipes_of_task_; ++k) {
      for (const auto* variable : {&table::recipe_position, &table::recipe_conductance, &table::recipe_walls,
                                   &table::recipe_energy, &table::recipe_pulses}) {
        // NaN walls are of a state without domains, which is then simulated again.
        if (std::isnan(results_[*variable].at(variant, k, realization).value())) {
          return false;
        }
      }
    }
    return true;
  }

  void write(std::size_t variant, std::size_t recipe, std::size_t realization, const Outcome& outcome) {
    const auto put = [&](const results::Variable<double>& variable, double value) {
      results_[variable].at(variant, recipe, realization).write(value);
    };
    put(table::recipe_position, outcome.position);
    put(table::recipe_conductance, outcome.conductance);
    put(table::recipe_walls, outcome.walls);
    put(table::recipe_energy, outcome.energy);
    put(table::recipe_pulses, outcome.pulses);
  }

  /// Of a realisation: where disorder is drawn, with edges and grains of its own and the levels of the variant.
  const Writable& writable(std::size_t variant, std::size_t realization, engine::Worker& worker) {
    device::DeviceParameters p = parameters(variant);
    if (realization == 0 || !draws_disorder(plan_, p)) {
      return *writable_;
    }
    const auto known = disordered_.find(realization);
    if (known != disordered_.end()) {
      return known->second;
    }
    p.disorder.realization += static_cast<int>(realization);
    const WritableDevice device(p, settings_, cache_.get(p), results_.study().run.time_limit);
    WritingPlan plan = writable_->plan;
    plan.reset = device.reset_state(worker);
    return disordered_.emplace(realization, Writable{device, std::move(plan)}).first->second;
  }

  /// Returns in words what was written.
  std::string write_realizations(std::size_t variant, std::size_t first, engine::Worker& worker) {
    const auto current_densities = method_.current_densities(writable_->device, writable_->plan, recipes_);
    for (std::size_t k = first; k < first + recipes_of_task_; ++k) {
      const double amplitude = current_densities[k].value_or(not_a_number);
      results_[table::recipe_current_density].at(variant, k).write(amplitude);
      results_[table::recipe_temperature_rise].at(variant, k).write(rise_by_pulse(parameters(variant), amplitude));
    }
    if (!current_densities[first]) {
      return "not tried, since no pulse writes its level";
    }
    const double current_density = *current_densities[first];
    const std::size_t realizations = realizations_of(plan_, parameters(variant), settings_);
    for (std::size_t r = 0; r < realizations; ++r) {
      if (is_written(variant, first, r)) {
        continue;
      }
      const NoiseSeed seed = [&](int pulse) { return noise_seed(variant, current_density, r, pulse); };
      const auto& [device, plan] = writable(variant, r, worker);
      const auto outcomes = method_.write(device, plan, first, current_density, seed, worker);
      for (std::size_t k = 0; k < outcomes.size(); ++k) {
        write(variant, first + k, r, outcomes[k]);
      }
    }
    return fmt::format("{:.3g} A/m2, {}", current_density, counted(realizations, "realisation"));
  }

  results::Results& results_;
  const study::DevicePlan& plan_;
  std::vector<study::Variant> variants_;
  const Settings& settings_;
  const Method& method_;
  std::size_t recipes_;
  std::size_t recipes_of_task_;
  engine::TaskGroup group_;
  std::vector<bool> has_plan_;  ///< of each variant, before the stage
  device::DemagCache cache_;
  // Of the variant that was prepared last.
  std::optional<Writable> writable_;
  std::map<std::size_t, Writable> disordered_;  ///< by realisation
  std::string failure_;                         ///< why it cannot be written
};

}  // namespace

std::vector<double> estimated_seconds(const study::Study& study) {
  const study::DevicePlan& plan = study.weights();
  const Settings& settings = section.of(study);
  const Method& method = method_of(settings.method);
  const std::size_t recipes = method.recipes(settings, table::most_levels(study));
  std::vector<double> seconds;
  for (const study::Variant& variant : variants(plan)) {
    const device::DeviceParameters& p = plan.cases[variant.cases.front()];
    double task = ProgrammingStage::preparation_seconds(study, p);
    const double pulse = study::estimated_seconds(plan_of_case(plan, with_one_pulse(p)), 0);
    const auto realizations = static_cast<double>(realizations_of(plan, p, settings));
    if (draws_disorder(plan, p)) {
      task += (realizations - 1.0) * study::estimated_relaxation_seconds(p);
    }
    const double shared = method.shares_simulations() ? static_cast<double>(recipes) : 1.0;
    const double writing = realizations * pulse * method.typical_pulses(settings) / shared;
    seconds.insert(seconds.end(), recipes, writing + task / static_cast<double>(recipes));
  }
  return seconds;
}

engine::StageOutcome run_programming_stage(results::Results& results, const parallel::Communicator& communicator) {
  engine::StageOutcome outcome;
  {
    ProgrammingStage stage(results, communicator);
    outcome = engine::run(stage, {.deadline = results.study().run.deadline}, communicator);
    outcome.failures = stage.by_variant(outcome.failures);
  }
  // What one rank wrote, the first reads now.
  parallel::collectively(communicator, [&results] { results.file().sync(); });
  results.share(communicator);
  const auto failures = parallel::of_root(communicator, [&results] { return summarize(results); });
  outcome.failures.insert(outcome.failures.end(), failures.begin(), failures.end());
  return outcome;
}

}  // namespace spinsweep::programming
