#include "retention/retention_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "device/demag_cache.hpp"
#include "device/film.hpp"
#include "device/track_geometry.hpp"
#include "retention/attempt_frequencies.hpp"
#include "retention/markov_chain.hpp"
#include "retention/mirror_image.hpp"
#include "retention/retention_table.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {

namespace {

namespace table = retention_table;
using micromagnetics::LlgsSystem;
using micromagnetics::MinimumEnergyPath;
using store::CaseStatus;
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// value_of(item) of each item, in their order.
template <class Item, class Value>
auto of_each(const std::vector<Item>& items, const Value& value_of) {
  std::vector<std::remove_cvref_t<std::invoke_result_t<const Value&, const Item&>>> values;
  values.reserve(items.size());
  for (const Item& item : items) {
    values.push_back(std::invoke(value_of, item));
  }
  return values;
}

/// A vector field as maps are stored, [y][x][component].
std::vector<float> as_map(const micromagnetics::FieldLayout& layout, std::span<const double> m) {
  std::vector<float> map;
  for (int j = 0; j < layout.ny(); ++j) {
    for (int i = 0; i < layout.nx(); ++i) {
      for (std::size_t component = 0; component < 3; ++component) {
        map.push_back(static_cast<float>(m[layout.index(i, j) + component * layout.component_size()]));
      }
    }
  }
  return map;
}

std::int32_t unstable_modes(const MinimumEnergyPath& path) {
  return static_cast<std::int32_t>(std::ranges::count_if(path.curvatures, [](double c) { return c < 0.0; }));
}

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
      if (status[v] != CaseStatus::done && (status[v] != CaseStatus::failed || results_.study().run.retry_failed)) {
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
    LlgsSystem system(device::make_film(p), cache_.get(p));
    system.set_applied_field({p.applied_field.x, p.applied_field.y, p.applied_field.z});
    const auto watch = worker.watch(results_.study().run.time_limit, system.mesh().cells());
    double steps = 0.0;  // progress to the watch
    const auto after_step = [&watch, &steps] { watch.after_step(++steps); };
    const std::vector<Well> wells = find_wells(system, p, after_step);
    if (wells.size() < 2) {
      throw SimulationError(fmt::format("a wall stays in {} of {} notches, and a barrier lies between two",
                                        wells.size(), device::notch_sites(p.track, p.notches).size()));
    }
    // Of a track that is its own mirror image, so are the paths.
    const bool is_symmetric = is_mirror_symmetric(system);
    std::vector<MinimumEnergyPath> paths;
    std::vector<AttemptFrequencies> frequencies;
    for (std::size_t k = 0; k + 1 < wells.size(); ++k) {
      const std::size_t opposite = wells.size() - 2 - k;
      if (is_symmetric && opposite < k) {
        paths.push_back(mirror_image(system.layout(), paths[opposite]));
        frequencies.push_back({frequencies[opposite].back, frequencies[opposite].forth});
      } else {
        paths.push_back(path_between(system, p, wells[k], wells[k + 1], table::most_images, after_step));
        frequencies.push_back(frequencies_of(system, paths.back()));
      }
    }
    const std::vector<double> forth = of_each(paths, &MinimumEnergyPath::barrier_forth);
    const std::vector<double> back = of_each(paths, &MinimumEnergyPath::barrier_back);
    const std::vector<double> frequency_forth = of_each(frequencies, &AttemptFrequencies::forth);
    const std::vector<double> frequency_back = of_each(frequencies, &AttemptFrequencies::back);
    const double lowest = std::ranges::min_element(wells, {}, &Well::energy)->energy;
    write_wells(variant, wells, lowest);
    write_paths(variant, system, p, paths, lowest);
    write_barriers(variant, forth, back);
    results_[table::attempt_frequency_forth].at(variant).write(frequency_forth);
    results_[table::attempt_frequency_back].at(variant).write(frequency_back);
    const std::size_t notches = device::notch_sites(p.track, p.notches).size();
    const std::string summary = write_retention(variant, {forth, back, frequency_forth, frequency_back});
    return wells.size() == notches ? summary
                                   : fmt::format("the wall slides away from {} of {} notches, {}",
                                                 notches - wells.size(), notches, summary);
  }

  /// As given, or computed if the path has a saddle point and the track is small enough.
  [[nodiscard]] AttemptFrequencies frequencies_of(LlgsSystem& system, const MinimumEnergyPath& path) const {
    if (settings_.attempt_frequency > 0.0) {
      return {settings_.attempt_frequency, settings_.attempt_frequency};
    }
    return system.mesh().cells() <= table::most_cells_of_frequency && unstable_modes(path) == 1
               ? attempt_frequencies(system, path)
               : AttemptFrequencies{table::usual_attempt_frequency, table::usual_attempt_frequency};
  }

  /// lowest: energy of the lowest well, J.
  void write_wells(std::size_t variant, const std::vector<Well>& wells, double lowest) {
    results_[table::wells].at(variant).write(static_cast<std::int32_t>(wells.size()));
    results_[table::well_position].at(variant).write(of_each(wells, &Well::position));
    results_[table::well_conductance].at(variant).write(of_each(wells, &Well::conductance));
    results_[table::well_energy].at(variant).write(
        of_each(wells, [lowest](const Well& well) { return well.energy - lowest; }));
  }

  void write_paths(std::size_t variant, const LlgsSystem& system, const device::DeviceParameters& p,
                   const std::vector<MinimumEnergyPath>& paths, double lowest) {
    const auto write = [&](const auto& variable, const auto& value_of) {
      results_[variable].at(variant).write(of_each(paths, value_of));
    };
    write(table::saddle_position, [&](const MinimumEnergyPath& path) { return wall_position(system, p, path.saddle); });
    write(table::saddle_energy, [=](const MinimumEnergyPath& path) { return path.saddle_energy - lowest; });
    write(table::saddle_change, &MinimumEnergyPath::saddle_change);
    write(table::unstable_modes, &unstable_modes);
    write(table::images, [](const MinimumEnergyPath& path) { return static_cast<std::int32_t>(path.images.size()); });
    write(table::steps, [](const MinimumEnergyPath& path) { return static_cast<std::int32_t>(path.steps); });
    for (std::size_t k = 0; k < paths.size(); ++k) {
      const MinimumEnergyPath& path = paths[k];
      const auto& mesh = system.mesh();
      results_[table::saddle_magnetization]
          .at(variant, k)
          .write(as_map(system.layout(), path.saddle),
                 {static_cast<std::uint64_t>(mesh.ny), static_cast<std::uint64_t>(mesh.nx), 3});
      results_[table::path_position].at(variant, k).write(of_each(path.images, [&](const std::vector<double>& m) {
        return wall_position(system, p, m);
      }));
      results_[table::path_energy].at(variant, k).write(of_each(path.energies, [=](double energy) {
        return energy - lowest;
      }));
    }
  }

  void write_barriers(std::size_t variant, const std::vector<double>& forth, const std::vector<double>& back) {
    results_[table::barrier_forth].at(variant).write(forth);
    results_[table::barrier_back].at(variant).write(back);
    for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
      const double thermal = constants::boltzmann_constant * settings_.temperatures[t];
      const auto over_thermal = [thermal](double barrier) { return barrier / thermal; };
      results_[table::barrier_forth_thermal].at(variant, t).write(of_each(forth, over_thermal));
      results_[table::barrier_back_thermal].at(variant, t).write(of_each(back, over_thermal));
    }
    results_[table::smallest_barrier].at(variant).write(std::min(std::ranges::min(forth), std::ranges::min(back)));
  }

  /// Returns it in words.
  std::string write_retention(std::size_t variant, const Barriers& barriers) {
    const std::uint64_t levels = barriers.forth.size() + 1;
    std::string summary;
    for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
      const double temperature = settings_.temperatures[t];
      const Eigen::MatrixXd rates = jump_rates(barriers, temperature);
      for (std::size_t moment = 0; moment < settings_.times.size(); ++moment) {
        const RowMajorMatrix probabilities = jump_probabilities(rates, settings_.times[moment]);
        results_[table::level_probability]
            .at(variant, t, moment)
            .write({probabilities.data(), static_cast<std::size_t>(probabilities.size())}, {levels, levels});
      }
      const double lost_after = time_to_move(barriers, temperature, table::lost_fraction);
      results_[table::retention_time].at(variant, t).write(lost_after);
      summary += fmt::format("{}1 % lost after {:.2g} s at {} K", t > 0 ? ", " : "", lost_after, temperature);
    }
    results_[table::retention_temperature].at(variant).write(
        largest_temperature(barriers, table::ten_years, table::lost_fraction));
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
  // A band takes about 500 evaluations of the field of each image, of which there are twice as many as walls fit
  // between the notches.
  constexpr double evaluations = 500.0;
  constexpr double seconds_per_cell_evaluation = 200e-9;
  std::vector<double> seconds;
  for (const study::Variant& variant : variants(study.weights())) {
    const device::DeviceParameters& p = study.weights().cases[variant.cases.front()];
    const std::vector<double> notches = device::notch_positions(p.track, p.notches);
    const double images = notches.empty() ? 0.0 : 2.0 * (notches.back() - notches.front()) / wall_width(p);
    seconds.push_back(images * evaluations * static_cast<double>(device::make_mesh(p).cells()) *
                      seconds_per_cell_evaluation);
  }
  return seconds;
}

engine::StageOutcome run_retention_stage(results::Results& results, const parallel::Communicator& communicator) {
  RetentionStage stage(results, communicator);
  return engine::run(stage, {.deadline = results.study().run.deadline}, communicator);
}

}  // namespace spinsweep::retention
