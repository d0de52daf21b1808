#include "characterization/pinned_levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/error.hpp"
#include "base/words.hpp"
#include "characterization/variant_table.hpp"
#include "device/demag_cache.hpp"
#include "device/film.hpp"
#include "device/initial_state.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "parallel/all_gather.hpp"
#include "parallel/on_root.hpp"
#include "study/estimate.hpp"

namespace spinsweep::characterization {

namespace {

/// Where a wall is put to find a level: at each notch, and beyond both ends, which leaves one domain.
std::vector<double> level_positions(const device::DeviceParameters& p) {
  std::vector<double> positions = device::notch_positions(p.track, p.notches);
  positions.push_back(-p.track.length);
  positions.push_back(2.0 * p.track.length);
  return positions;
}

/// Adds to a rank's entries those of all others. Collective.
template <class Value>
void gather(std::map<std::size_t, Value>& entries, const parallel::Communicator& communicator) {
  for (auto& others : parallel::all_gather(entries, communicator)) {
    entries.merge(others);
  }
}

/// The search for the levels of the variants whose levels are not known.
class LevelStage : public engine::Stage {
 public:
  LevelStage(const study::DevicePlan& plan, const std::vector<study::Variant>& list, const study::RunSettings& settings,
             results::Results& results, const parallel::Communicator& communicator)
      : plan_(plan),
        list_(list),
        time_limit_(settings.time_limit),
        results_(results),
        group_(engine::TaskGroup::of_size(communicator, 1)),
        found_{.outcome = {}, .levels = stored_levels(results, communicator), .failures = {}} {}

  [[nodiscard]] std::string name() const override { return "levels"; }
  [[nodiscard]] const engine::TaskGroup& group() const override { return group_; }

  [[nodiscard]] engine::Workload workload() const override {
    engine::Workload workload;
    for (std::size_t v = 0; v < list_.size(); ++v) {
      if (!found_.levels.contains(v)) {
        workload.tasks.push_back({.number = v, .cost = study::estimated_level_seconds(parameters(v))});
      }
    }
    workload.pieces = workload.tasks.size();
    return workload;
  }

  void run(const engine::Task& task, engine::Worker& worker) override {
    const std::size_t variant = task.number;
    const std::string name = variant_name(plan_, variant, list_[variant]);
    const auto fail = [&](const std::string& reason) {
      found_.failures.emplace(variant, "its levels could not be found: a wall could not be relaxed: " + reason);
    };
    worker.run({.name = name, .cost = task.cost, .mark = {}, .fail = fail}, [&] {
      const auto levels = relaxed_levels(parameters(variant), worker);
      write_levels(results_, variant, levels);
      worker.report_done(fmt::format("{}, {}", name, counted(levels.size(), "level")), task.cost);
      found_.levels[variant] = levels;
    });
  }

  /// What all ranks have found. Collective.
  PinnedLevels found(engine::StageOutcome outcome, const parallel::Communicator& communicator) {
    gather(found_.levels, communicator);
    gather(found_.failures, communicator);
    found_.outcome = std::move(outcome);
    return std::move(found_);
  }

 private:
  [[nodiscard]] const device::DeviceParameters& parameters(std::size_t variant) const {
    return plan_.cases[list_[variant].cases.front()];
  }

  double relaxed_conductance(const device::DeviceParameters& of_variant, double position, engine::Worker& worker) {
    device::DeviceParameters p = device::with_straight_wall_at(of_variant, position);
    p.initial_wall.relax = true;
    const auto demag = cache_.get(p);
    const micromagnetics::Mesh mesh = device::make_mesh(p);
    const auto watch = worker.watch(time_limit_, mesh.cells());
    const std::vector<double> m = device::initial_state(p, demag, watch, device::level_relaxation);
    micromagnetics::LlgsSystem system(device::make_film(p, demag->decomposition()), demag);
    const double walls = device::wall_count(mesh, system.mask(), m);
    if (!device::is_of_one_wall(walls)) {
      throw SimulationError(
          fmt::format("put at {:.0f} nm it leaves {}", position * 1e9, device::describe_walls(walls)));
    }
    return p.kind->conductance(p, device::read_out(system, m));
  }

  std::vector<double> relaxed_levels(const device::DeviceParameters& p, engine::Worker& worker) {
    std::vector<double> conductances;
    for (const double position : level_positions(p)) {
      conductances.push_back(relaxed_conductance(p, position, worker));
    }
    return distinct_levels(std::move(conductances), p);
  }

  const study::DevicePlan& plan_;
  const std::vector<study::Variant>& list_;
  double time_limit_;
  results::Results& results_;
  engine::TaskGroup group_;
  device::DemagCache cache_;
  PinnedLevels found_;
};

}  // namespace

std::map<std::size_t, std::vector<double>> stored_levels(const results::Results& results,
                                                         const parallel::Communicator& communicator) {
  return parallel::of_root(communicator, [&results] {
    std::map<std::size_t, std::vector<double>> levels;
    const auto counts = results[variant_table::levels].read();
    for (std::size_t v = 0; v < counts.size(); ++v) {
      if (counts[v] > 0) {
        levels[v] = results[variant_table::level_conductance].at(v).first(static_cast<std::uint64_t>(counts[v]));
      }
    }
    return levels;
  });
}

PinnedLevels pinned_levels(const study::DevicePlan& plan, const std::vector<study::Variant>& list,
                           const study::RunSettings& settings, results::Results& results,
                           const parallel::Communicator& communicator) {
  LevelStage stage(plan, list, settings, results, communicator);
  engine::StageOutcome outcome = engine::run(stage, {.deadline = settings.deadline}, communicator);
  return stage.found(std::move(outcome), communicator);
}

double conductance_range(const device::TunnelJunction& mtj) {
  return std::abs(1.0 / mtj.resistance_parallel - 1.0 / mtj.resistance_antiparallel);
}

double place_of_conductance(double conductance, const device::DeviceParameters& p) {
  const double range = p.mtj.resistance_antiparallel - p.mtj.resistance_parallel;
  return p.track.length * (1.0 / conductance - p.mtj.resistance_parallel) / range;
}

std::vector<double> distinct_levels(std::vector<double> conductances, const device::DeviceParameters& p) {
  // By position: conductances of neighbouring walls differ the less the larger the resistance is.
  const auto position = [&p](double conductance) { return place_of_conductance(conductance, p); };
  std::sort(conductances.begin(), conductances.end());
  std::vector<double> levels;
  for (const double conductance : conductances) {
    if (levels.empty() || std::abs(position(conductance) - position(levels.back())) > p.track.cell) {
      levels.push_back(conductance);
    }
  }
  return levels;
}

void write_levels(results::Results& results, std::size_t variant, const std::vector<double>& levels) {
  if (levels.empty()) {
    return;
  }
  results[variant_table::level_conductance].at(variant).write(levels);
  results[variant_table::levels].at(variant).write(static_cast<std::int32_t>(levels.size()));
}

}  // namespace spinsweep::characterization
