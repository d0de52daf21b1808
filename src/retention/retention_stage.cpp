#include "retention/retention_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/stopwatch.hpp"
#include "base/words.hpp"
#include "device/demag_cache.hpp"
#include "device/film.hpp"
#include "device/track_geometry.hpp"
#include "retention/attempt_frequencies.hpp"
#include "retention/losses.hpp"
#include "retention/mirror_image.hpp"
#include "retention/retention_rows.hpp"
#include "retention/retention_table.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {

namespace {

namespace table = retention_table;
using micromagnetics::LlgsSystem;
using micromagnetics::MinimumEnergyPath;
using store::CaseStatus;

/// What the paths over the ends say that were looked for in vain, behind the other results of a variant.
std::string describe_failures(const std::array<Loss, 2>& losses) {
  std::string text;
  for (const auto& [end, loss] : {std::pair("left", &losses[0]), {"right", &losses[1]}}) {
    if (loss->kind == LossPath::failed) {
      text += fmt::format(", the path over the {} end was not found: {}", end, loss->reason);
    }
  }
  return text;
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
    auto message = results_[table::message].at(task.number);
    const auto fail = [&](const std::string& reason) {
      message.write_text(reason);
      status.commit(CaseStatus::failed);
    };
    worker.run({.name = name, .cost = task.cost, .mark = mark, .fail = fail}, [&] {
      const Stopwatch watch;
      const std::string summary = find_retention(task.number, worker);
      results_[table::wall_time].at(task.number).write(watch.seconds());
      message.write_text("");
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
    Landscape found{.wells = find_wells(system, p, after_step), .paths = {}, .frequencies = {}, .losses = {}};
    const std::size_t notches = device::notch_sites(p.track, p.notches).size();
    const std::size_t least_wells = settings_.ends == table::Ends::open ? 1 : 2;
    if (found.wells.size() < least_wells) {
      throw SimulationError(fmt::format("a wall stays in {} of {}{}", found.wells.size(),
                                        counted(notches, "notch", "notches"),
                                        least_wells == 2 ? ", and with closed ends a barrier lies between two" : ""));
    }
    find_paths(system, p, after_step, found);
    const std::string not_found = describe_failures(found.losses);
    const auto is_found = [](const Loss& loss) { return loss.kind == LossPath::found; };
    if (found.paths.empty() && std::ranges::none_of(found.losses, is_found)) {
      throw SimulationError("the one level of the track cannot be left over its ends" + not_found);
    }
    const std::string summary = write_retention(results_, variant, system, p, found) + not_found;
    return found.wells.size() == notches
               ? summary
               : fmt::format("the wall slides away from {} of {}, {}", notches - found.wells.size(),
                             counted(notches, "notch", "notches"), summary);
  }

  /// Of a track that is its own mirror image, so are the paths.
  void find_paths(LlgsSystem& system, const device::DeviceParameters& p, const std::function<void()>& after_step,
                  Landscape& found) const {
    const std::vector<Well>& wells = found.wells;
    const bool is_symmetric = is_mirror_symmetric(system);
    for (std::size_t k = 0; k + 1 < wells.size(); ++k) {
      const std::size_t opposite = wells.size() - 2 - k;
      if (is_symmetric && opposite < k) {
        found.paths.push_back(mirror_image(system.layout(), found.paths[opposite]));
        found.frequencies.push_back({found.frequencies[opposite].back, found.frequencies[opposite].forth});
      } else {
        found.paths.push_back(path_between(system, p, wells[k], wells[k + 1], table::most_images, after_step));
        found.frequencies.push_back(frequencies_of(system, found.paths.back()));
      }
    }
    if (settings_.ends == table::Ends::closed) {
      found.losses = {Loss{.kind = LossPath::closed}, Loss{.kind = LossPath::closed}};
      return;
    }
    found.losses = find_losses(system, p, wells, is_symmetric, table::most_images, after_step);
    auto& [left, right] = found.losses;
    left.frequency = frequency_of_loss(system, left, true);
    right.frequency = is_symmetric ? left.frequency : frequency_of_loss(system, right, false);
  }

  /// Whether attempt frequencies are those of Langer's theory: not given, and the path has a saddle point and the track
  /// is small enough.
  [[nodiscard]] bool is_computable(const LlgsSystem& system, const MinimumEnergyPath& path) const {
    return settings_.attempt_frequency == 0.0 && system.mesh().cells() <= table::most_cells_of_frequency &&
           path.unstable_modes() == 1;
  }

  [[nodiscard]] double other_frequency() const {
    return settings_.attempt_frequency > 0.0 ? settings_.attempt_frequency : table::usual_attempt_frequency;
  }

  [[nodiscard]] AttemptFrequencies frequencies_of(LlgsSystem& system, const MinimumEnergyPath& path) const {
    return is_computable(system, path) ? attempt_frequencies(system, path)
                                       : AttemptFrequencies{other_frequency(), other_frequency()};
  }

  [[nodiscard]] double frequency_of_loss(LlgsSystem& system, const Loss& loss, bool is_left) const {
    if (loss.kind != LossPath::found || !is_computable(system, loss.path)) {
      return other_frequency();
    }
    return attempt_frequency_from(system, loss.path, is_left ? loss.path.images.back() : loss.path.images.front());
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
  // between the notches; one over an end takes 2000, for the wall changes its shape there.
  constexpr double evaluations = 500.0;
  constexpr double evaluations_over_end = 2000.0;
  constexpr double seconds_per_cell_evaluation = 200e-9;
  const bool has_open_ends = table::section.of(study).ends == table::Ends::open;
  std::vector<double> seconds;
  for (const study::Variant& variant : variants(study.weights())) {
    const device::DeviceParameters& p = study.weights().cases[variant.cases.front()];
    const std::vector<double> notches = device::notch_positions(p.track, p.notches);
    double all_evaluations = 0.0;
    if (!notches.empty()) {
      const double between = notches.back() - notches.front();
      const double to_the_ends = has_open_ends ? p.track.length - between : 0.0;
      all_evaluations = 2.0 * (between * evaluations + to_the_ends * evaluations_over_end) / wall_width(p);
    }
    seconds.push_back(all_evaluations * static_cast<double>(device::make_mesh(p).cells()) *
                      seconds_per_cell_evaluation);
  }
  return seconds;
}

engine::StageOutcome run_retention_stage(results::Results& results, const parallel::Communicator& communicator) {
  RetentionStage stage(results, communicator);
  return engine::run(stage, {.deadline = results.study().run.deadline}, communicator);
}

}  // namespace spinsweep::retention
