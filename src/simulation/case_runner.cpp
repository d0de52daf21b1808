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
#include "device/simulation.hpp"

namespace spinsweep::simulation {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What is due after a step.
enum class Due { nothing, checkpoint, stop, failure };

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
                            engine::Worker& worker, const Finish& finish) {
  const engine::TaskGroup& group = worker.group();
  const auto start = Clock::now();
  auto last_checkpoint = start;
  std::optional<Checkpoint> checkpoint = take_checkpoint(index, name, p, group);
  const double spent_before = checkpoint ? checkpoint->wall_time : 0.0;
  device::Simulation simulation = checkpoint ? device::Simulation(p, cache_.get(p), std::move(checkpoint->simulation))
                                             : device::Simulation(p, cache_.get(p), initial_state_.of(p, worker));
  const double resumed_at = simulation.time();
  const auto spent = [&] { return spent_before + seconds_since(start); };
  const auto due = [&] {
    if (worker.stop_requested()) {
      return Due::stop;
    }
    if (spent() > settings_.time_limit) {
      return Due::failure;
    }
    return seconds_since(last_checkpoint) > settings_.checkpoint_interval ? Due::checkpoint : Due::nothing;
  };
  const device::CaseRecord& record = simulation.run([&] {
    // The root's clock counts, and its view of whether the run is to stop.
    const Due now = group.of_root(due());
    if (now == Due::checkpoint || now == Due::stop) {
      save(index, name, {spent(), simulation.state()}, group);
      last_checkpoint = Clock::now();
    }
    if (now == Due::stop) {
      throw Interrupted();
    }
    if (now == Due::failure) {
      throw SimulationError(
          fmt::format("it took longer than the time limit of {:g} s and was only at {:.3g} of {:g} ns",
                      settings_.time_limit, simulation.time() * 1e9, device::Drive(p.pulse).end() * 1e9));
    }
  });
  finish(record, spent());
  const std::string resumed = resumed_at > 0.0 ? fmt::format(", resumed at {:.3g} ns", resumed_at * 1e9) : "";
  return fmt::format("wall at {:.0f} nm, {}{}", record.wall_position.back() * 1e9, duration(spent()), resumed);
}

}  // namespace spinsweep::simulation
