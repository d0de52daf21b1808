#include "retention/retention_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/constants.hpp"
#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "device/demag_cache.hpp"
#include "device/track_geometry.hpp"
#include "retention/markov_chain.hpp"
#include "retention/retention_table.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {

namespace {

namespace table = retention_table;
using micromagnetics::LlgsSystem;
using micromagnetics::MinimumEnergyPath;
using store::CaseStatus;

/// A task is a variant.
class RetentionStage : public engine::Stage {
 public:
  RetentionStage(results::Results& results, const parallel::Communicator& communicator)
      : results_(results),
        plan_(results.study().weights()),
        variants_(study::variants(plan_)),
        settings_(table::section.of(results.study())),
        group_(engine::TaskGroup::of_size(communicator, 1)) {}

  [[nodiscard]] std::string name() const override { return "retention"; }
  [[nodiscard]] const engine::TaskGroup& group() const override { return group_; }

  [[nodiscard]] engine::Workload workload() const override {
    engine::Workload workload;
    const auto status = results_.statuses(table::status);
    const auto costs = estimated_seconds(results_.study());
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      if (status[v] != CaseStatus::done) {
        workload.tasks.push_back({.number = v, .cost = costs[v]});
      }
    }
    workload.pieces = workload.tasks.size();
    return workload;
  }

  void run(const engine::Task& task, engine::Worker& worker) override {
    const std::string name = variant_name(plan_, task.number, variants_[task.number]);
    auto status = results_[table::status].at(task.number);
    const auto mark = [&status](CaseStatus now) { status.mark(now); };
    const auto fail = [&status](const std::string& /*reason*/) { status.commit(CaseStatus::failed); };
    worker.run({.name = name, .cost = task.cost, .mark = mark, .fail = fail}, [&] {
      const Stopwatch watch;
      const std::string summary = find_retention(task.number, worker);
      results_[table::wall_time].at(task.number).write(watch.seconds());
      status.commit(CaseStatus::done);
      worker.report_done(fmt::format("{}, {}", name, summary), task.cost);
    });
  }

 private:
  std::string find_retention(std::size_t variant, engine::Worker& worker) {
    const device::DeviceParameters& p = plan_.cases[variants_[variant].cases.front()];
    LlgsSystem system(p.material, device::make_mesh(p.track), device::make_mask(p.track, p.notches), cache_.get(p));
    system.set_applied_field({p.applied_field.x, p.applied_field.y, p.applied_field.z});
    const auto watch = worker.watch(results_.study().run.time_limit, system.mesh().cells());
    double steps = 0.0;  // progress to the watch
    const auto after_step = [&watch, &steps] { watch.after_step(++steps); };
    const std::vector<Well> wells = find_wells(system, p, after_step);
    if (wells.size() < 2) {
      throw SimulationError(fmt::format("a wall stays in {} of {} notches, and a barrier lies between two",
                                        wells.size(), p.notches.count));
    }
    std::vector<MinimumEnergyPath> paths;
    for (std::size_t k = 0; k + 1 < wells.size(); ++k) {
      paths.push_back(path_between(system, p, wells[k], wells[k + 1], table::most_images, after_step));
    }
    write_wells(variant, wells);
    write_paths(variant, system, wells, paths);
    return write_retention(variant, paths);
  }

  static double lowest_energy(const std::vector<Well>& wells) {
    return std::ranges::min_element(wells, {}, &Well::energy)->energy;
  }

  void write_wells(std::size_t variant, const std::vector<Well>& wells) {
    results_[table::wells].at(variant).write(static_cast<std::int32_t>(wells.size()));
    for (std::size_t k = 0; k < wells.size(); ++k) {
      results_[table::well_position].at(variant, k).write(wells[k].position);
      results_[table::well_energy].at(variant, k).write(wells[k].energy - lowest_energy(wells));
    }
  }

  void write_paths(std::size_t variant, const LlgsSystem& system, const std::vector<Well>& wells,
                   const std::vector<MinimumEnergyPath>& paths) {
    const double lowest = lowest_energy(wells);
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < paths.size(); ++k) {
      const MinimumEnergyPath& path = paths[k];
      results_[table::barrier_forth].at(variant, k).write(path.barrier_forth());
      results_[table::barrier_back].at(variant, k).write(path.barrier_back());
      smallest = std::min({smallest, path.barrier_forth(), path.barrier_back()});
      for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
        const double thermal = constants::boltzmann_constant * settings_.temperatures[t];
        results_[table::barrier_forth_thermal].at(variant, t, k).write(path.barrier_forth() / thermal);
        results_[table::barrier_back_thermal].at(variant, t, k).write(path.barrier_back() / thermal);
      }
      results_[table::saddle_position].at(variant, k).write(wall_position(system, path.saddle));
      results_[table::saddle_energy].at(variant, k).write(path.saddle_energy - lowest);
      results_[table::saddle_change].at(variant, k).write(path.saddle_change);
      const auto unstable = std::ranges::count_if(path.curvatures, [](double c) { return c < 0.0; });
      results_[table::unstable_modes].at(variant, k).write(static_cast<std::int32_t>(unstable));
      results_[table::images].at(variant, k).write(static_cast<std::int32_t>(path.images.size()));
      results_[table::steps].at(variant, k).write(static_cast<std::int32_t>(path.steps));
      for (std::size_t i = 0; i < path.images.size(); ++i) {
        results_[table::path_position].at(variant, k, i).write(wall_position(system, path.images[i]));
        results_[table::path_energy].at(variant, k, i).write(path.energies[i] - lowest);
      }
    }
    results_[table::smallest_barrier].at(variant).write(smallest);
  }

  /// Returns it in words.
  std::string write_retention(std::size_t variant, const std::vector<MinimumEnergyPath>& paths) {
    std::vector<double> forth;
    std::vector<double> back;
    for (const MinimumEnergyPath& path : paths) {
      forth.push_back(path.barrier_forth());
      back.push_back(path.barrier_back());
    }
    const Barriers barriers{forth, back, settings_.attempt_frequency};
    std::string summary;
    for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
      const double temperature = settings_.temperatures[t];
      const Eigen::MatrixXd rates = jump_rates(barriers, temperature);
      for (std::size_t moment = 0; moment < settings_.times.size(); ++moment) {
        const Eigen::MatrixXd probabilities = jump_probabilities(rates, settings_.times[moment]);
        for (Eigen::Index i = 0; i < probabilities.rows(); ++i) {
          for (Eigen::Index j = 0; j < probabilities.cols(); ++j) {
            results_[table::level_probability]
                .at(variant, t, moment, static_cast<std::size_t>(i), static_cast<std::size_t>(j))
                .write(probabilities(i, j));
          }
        }
      }
      const double lost_after = time_to_move(barriers, temperature, table::lost_fraction);
      results_[table::retention_time].at(variant, t).write(lost_after);
      summary += fmt::format("{}1 % lost after {:.2g} s at {} K", t > 0 ? ", " : "", lost_after, temperature);
    }
    results_[table::retention_temperature]
        .at(variant)
        .write(largest_temperature(barriers, table::ten_years, table::lost_fraction));
    return summary;
  }

  results::Results& results_;
  const study::DevicePlan& plan_;
  std::vector<study::Variant> variants_;
  const table::Settings& settings_;
  engine::TaskGroup group_;
  device::DemagCache cache_;
};

}  // namespace

std::vector<double> estimated_seconds(const study::Study& study) {
  // A band takes about 500 evaluations of the field of each image, of which there are twice as many as walls fit between
  // the notches.
  constexpr double evaluations = 500.0;
  constexpr double seconds_per_cell_evaluation = 45e-9;
  std::vector<double> seconds;
  for (const study::Variant& variant : variants(study.weights())) {
    const device::DeviceParameters& p = study.weights().cases[variant.cases.front()];
    const std::vector<double> notches = device::notch_positions(p.track, p.notches);
    const double images = notches.empty() ? 0.0 : 2.0 * (notches.back() - notches.front()) / wall_width(p);
    seconds.push_back(images * evaluations * static_cast<double>(device::make_mesh(p.track).cells()) *
                      seconds_per_cell_evaluation);
  }
  return seconds;
}

engine::StageOutcome run_retention_stage(results::Results& results, const parallel::Communicator& communicator) {
  RetentionStage stage(results, communicator);
  return engine::run(stage, {.deadline = results.study().run.deadline}, communicator);
}

}  // namespace spinsweep::retention
