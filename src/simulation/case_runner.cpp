#include "simulation/case_runner.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <optional>
#include <utility>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/drive.hpp"
#include "device/readout.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::simulation {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What is due after a step.
enum class Due { nothing, checkpoint, stop, time_limit, watchdog };

/// How long a step may still take when the run is to stop, s.
constexpr double patience_with_step = 2.0;

/// "wall at 150 nm", "no wall left, out at 400 nm", "3 walls"
std::string describe_end(const device::Reading& last) {
  if (!device::is_of_one_wall(last.wall_count)) {
    return device::describe_walls(last.wall_count);
  }
  return fmt::format("{} at {:.0f} nm", last.wall_count == 0.0 ? "no wall left, out" : "wall",
                     last.wall_position * 1e9);
}

}  // namespace

std::optional<Checkpoint> CaseRunner::take_checkpoint(std::size_t index, const std::string& name,
                                                      const device::DeviceParameters& p,
                                                      const engine::TaskGroup& group) {
  std::optional<Checkpoint> checkpoint;
  group.on_root([&] {
    checkpoint = checkpoints_.take(index, p);
    if (!checkpoint && checkpoints_.has(index)) {
      spdlog::warn("{}: its checkpoint is damaged or not of this mesh and schedule; the case starts from the beginning",
                   name);
    }
  });
  return checkpoint_of_first(std::move(checkpoint), group.communicator());
}

void CaseRunner::save(std::size_t index, const std::string& name, const Checkpoint& checkpoint,
                      const engine::TaskGroup& group) {
  group.on_root([&] {
    if (!checkpoints_.save(index, checkpoint)) {
      spdlog::warn("{}: no room for a checkpoint; if stopped now, the case would start from the beginning", name);
    }
  });
}

std::string CaseRunner::run(std::size_t index, const std::string& name, const device::DeviceParameters& p,
                            engine::Worker& worker) {
  const engine::TaskGroup& group = worker.group();
  const auto start = Clock::now();
  auto last_checkpoint = start;
  std::optional<Checkpoint> checkpoint = take_checkpoint(index, name, p, group);
  const double spent_before = checkpoint ? checkpoint->wall_time : 0.0;
  device::Simulation simulation = checkpoint ? device::Simulation(p, cache_.get(p), std::move(checkpoint->simulation))
                                             : device::Simulation(p, cache_.get(p), initial_state_.of(p, worker));
  const double resumed_at = simulation.time();
  const auto spent = [&] { return spent_before + seconds_since(start); };
  const auto dog = worker.watchdog(device::make_mesh(p).cells());
  const auto due = [&] {
    if (worker.stop_requested()) {
      return Due::stop;
    }
    if (spent() > settings_.time_limit) {
      return Due::time_limit;
    }
    if (dog->is_overdue()) {
      return Due::watchdog;
    }
    return seconds_since(last_checkpoint) > settings_.checkpoint_interval ? Due::checkpoint : Due::nothing;
  };
  const auto fail_if_due = [&](Due now) {
    if (now == Due::time_limit) {
      throw SimulationError(
          fmt::format("it took longer than the time limit of {:g} s and was only at {:.3g} of {:g} ns",
                      settings_.time_limit, simulation.time() * 1e9, device::Drive(p.pulse).end() * 1e9));
    }
    if (now == Due::watchdog) {
      throw SimulationError(dog->reason());
    }
  };
  auto last_step = Clock::now();
  // The root's clock counts, and its view of whether the run is to stop.
  const auto after_step = [&](double time) {
    dog->reached(time);
    const Due now = group.of_root(due());
    if (now == Due::checkpoint || now == Due::stop) {
      save(index, name, {spent(), simulation.state()}, group);
      last_checkpoint = Clock::now();
    }
    if (now == Due::stop) {
      throw Interrupted();
    }
    fail_if_due(now);
    last_step = Clock::now();
  };
  const auto during_step = [&] {
    const Due now = group.of_root(due());
    // A step that does not end soon cannot be waited for; the case is resumed from the checkpoint before.
    if (now == Due::stop && group.of_root(seconds_since(last_step) > patience_with_step)) {
      throw Interrupted();
    }
    fail_if_due(now);
  };
  const device::CaseRecord& record = simulation.run({after_step, during_step});
  writer_.finish(index, p, record, spent());
  const std::string resumed = resumed_at > 0.0 ? fmt::format(", resumed at {:.3g} ns", resumed_at * 1e9) : "";
  const device::Reading& last = record.readings.back();
  return fmt::format("{}, {}{}", describe_end(last), duration(spent()), resumed);
}

}  // namespace spinsweep::simulation
