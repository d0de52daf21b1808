#include "programming/writable_device.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "device/drive.hpp"
#include "device/film.hpp"
#include "device/heating.hpp"
#include "device/initial_state.hpp"
#include "device/readout.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/domain_wall.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "programming/thresholds.hpp"

namespace spinsweep::programming {

namespace {

/// How far from the middle of a notch a wall is that it holds, m.
double reach_of_notch(const device::DeviceParameters& p) {
  const double width = micromagnetics::domain_wall_width(p.material);
  return 0.5 * device::widest_notch(p.track, p.notches) + (std::isfinite(width) ? width : p.initial_wall.width);
}

}  // namespace

std::string not_moved(const std::string& pulses, double position, double reset) {
  return fmt::format(
      "no pulse moves the wall to another level: {} it ends at {:.0f} nm, its reset state is at {:.0f} nm", pulses,
      position * 1e9, reset * 1e9);
}

std::optional<double> WritingPlan::amplitude(std::size_t level, double largest) const {
  if (level == 0) {
    return 0.0;
  }
  if (!upper[level - 1]) {
    return std::nullopt;
  }
  return 0.5 * (*upper[level - 1] + upper[level].value_or(largest));
}

device::DeviceParameters with_one_pulse(device::DeviceParameters parameters) {
  parameters.pulse.count = 1;
  parameters.pulse.depression = 0.0;
  parameters.pulse.reset = {};
  return parameters;
}

double rise_by_pulse(const device::DeviceParameters& parameters, double amplitude) {
  device::DeviceParameters p = with_one_pulse(parameters);
  p.pulse.current_density = amplitude;
  return device::largest_rise(p).strip;
}

WritableDevice::WritableDevice(const device::DeviceParameters& parameters, const Settings& settings,
                               std::shared_ptr<micromagnetics::DemagField> demag, double time_limit)
    : parameters_(with_one_pulse(parameters)), settings_(settings), demag_(std::move(demag)), time_limit_(time_limit) {
  // Only the end of a pulse is looked at.
  parameters_.output = {.interval = device::Drive(parameters_.pulse).end(), .snapshots = 2};
}

Written WritableDevice::simulate(const device::DeviceParameters& p, const std::vector<double>& m,
                                 engine::Worker& worker) const {
  device::Simulation simulation(p, demag_, m);
  const auto watch = worker.watch(time_limit_, device::make_mesh(p).cells());
  const device::Reading end = simulation.run(watch).readings.back();
  const double volume = p.track.length * p.track.width * p.heavy_metal.thickness;
  return {.m = simulation.state().integration.magnetization,
          .position = end.wall_position,
          .conductance = end.conductance,
          .walls = end.wall_count,
          .energy = device::Drive(p.pulse).heat(p.heavy_metal.resistivity, volume)};
}

Written WritableDevice::pulse(const std::vector<double>& m, double current_density, std::uint64_t noise_seed,
                              engine::Worker& worker) const {
  device::DeviceParameters p = parameters_;
  p.pulse.current_density = current_density;
  p.thermal.seed = noise_seed;
  return simulate(p, m, worker);
}

std::vector<double> WritableDevice::reset_state(engine::Worker& worker) const {
  return device::initial_state(parameters_, demag_, worker.watch(time_limit_, device::make_mesh(parameters_).cells()));
}

Written WritableDevice::look_at(std::vector<double> m) const {
  const device::DeviceParameters& p = parameters_;
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  micromagnetics::LlgsSystem system(device::make_film(p, demag_->decomposition()), demag_);
  const device::Readout readout = device::read_out(system, m);
  Written written{.m = {},
                  .position = device::wall_position(p, readout.mean.z, device::wall_kind(mesh, m)),
                  .conductance = p.kind->conductance(p, readout),
                  .walls = device::wall_count(mesh, system.mask(), m)};
  written.m = std::move(m);
  return written;
}

std::vector<Level> WritableDevice::notch_levels(engine::Worker& worker) const {
  std::vector<Level> levels;
  for (const double notch : device::notch_positions(parameters_.track, parameters_.notches)) {
    device::DeviceParameters p = device::with_straight_wall_at(parameters_, notch);
    p.initial_wall.relax = true;
    const auto watch = worker.watch(time_limit_, device::make_mesh(p).cells());
    const Written wall = look_at(device::initial_state(p, demag_, watch, device::level_relaxation));
    if (wall.walls == 1.0 && std::abs(wall.position - notch) < reach_of_notch(p)) {
      levels.push_back({wall.position, wall.conductance});
    }
  }
  return levels;
}

double WritableDevice::farthest_position(const Written& reset, double resolution,
                                         const std::function<double(double amplitude)>& position_after,
                                         engine::Worker& worker) const {
  double farthest = reset.position;
  const auto is_moved = [&](double least) { return std::abs(farthest - reset.position) > least; };
  const auto note = [&](double position) {
    farthest = std::abs(position - reset.position) > std::abs(farthest - reset.position) ? position : farthest;
  };
  const double largest = settings_.max_current_density;
  const bool is_train = settings_.method == MethodName::pulse_train;
  if (!is_train) {
    for (const double amplitude : scanned_amplitudes(largest, settings_.amplitude_tolerance)) {
      note(position_after(amplitude));
      if (is_moved(resolution)) {
        return farthest;
      }
    }
  }
  device::DeviceParameters cold = parameters_;
  cold.material.temperature = 0.0;
  // With heat a train may move a wall that its pulses do not move without; its direction is that of stronger pulses.
  const bool is_helped_by_heat = is_train && parameters_.material.temperature > 0.0;
  const double own = std::abs(current_density());
  cold.pulse.current_density = sign() * (!is_train ? largest : is_helped_by_heat ? std::max(largest, own) : own);
  const bool is_repeated = settings_.method != MethodName::single_pulse;
  Written wall = reset;
  for (int n = 0; is_repeated && n < settings_.max_pulses && !is_moved(resolution); ++n) {
    wall = simulate(cold, wall.m, worker);
    note(wall.position);
  }
  // Levels are farther apart than the resolution, and each reaches half way to the next.
  if (!is_moved(0.5 * resolution)) {
    const std::string pulses =
        is_repeated ? fmt::format("after {} of {:g} A/m2", settings_.max_pulses, cold.pulse.current_density)
                    : fmt::format("up to {:g} A/m2 (programming.max_current_density)", sign() * largest);
    throw SimulationError(not_moved(pulses, farthest, reset.position));
  }
  return farthest;
}

WritingPlan WritableDevice::plan(engine::Worker& worker) const {
  const Written reset = look_at(reset_state(worker));
  if (reset.walls != 1.0) {
    throw SimulationError(fmt::format("its reset state has {}", device::describe_walls(reset.walls)));
  }
  device::DeviceParameters cold = parameters_;
  cold.material.temperature = 0.0;
  std::map<double, Written> known;  // after one pulse of each amplitude
  const auto after = [&](double amplitude) -> const Written& {
    auto found = known.find(amplitude);
    if (found == known.end()) {
      cold.pulse.current_density = sign() * amplitude;
      found = known.emplace(amplitude, simulate(cold, reset.m, worker)).first;
      found->second.m.clear();
    }
    return found->second;
  };
  const auto position_after = [&](double amplitude) { return after(amplitude).position; };
  // A wall in the notch in which the reset state is has the level of the reset state.
  const double resolution = std::max(parameters_.track.cell, reach_of_notch(parameters_));
  const double farthest = farthest_position(reset, resolution, position_after, worker);
  const double direction = farthest < reset.position ? -1.0 : 1.0;
  const double largest = settings_.max_current_density;
  const Levels levels({reset.position, reset.conductance}, notch_levels(worker), direction, resolution);
  if (levels.size() < 2) {
    throw SimulationError(
        fmt::format("no other level can be told apart from the reset state, a wall at {:.0f} nm: pulses move it to "
                    "{:.0f} nm, and no notch farther that way than {:.0f} nm holds a wall",
                    reset.position * 1e9, farthest * 1e9, resolution * 1e9));
  }
  if (settings_.method == MethodName::pulse_train) {
    return {.reset = reset.m, .levels = levels, .upper = std::vector<std::optional<double>>(levels.size())};
  }
  std::vector<double> ends;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    ends.push_back(levels.upper_end(k));
  }
  // A pulse that leaves more or less than one wall writes no level, like one that takes the wall beyond all of them.
  const auto distance_at = [&](double amplitude) {
    const Written& written = after(amplitude);
    return written.walls == 1.0 ? levels.distance(written.position) : std::numeric_limits<double>::infinity();
  };
  auto upper = find_thresholds(ends, largest, settings_.amplitude_tolerance, distance_at);
  // Write and verify may get there by several pulses.
  if (!upper.front() && settings_.method == MethodName::single_pulse) {
    const auto ahead = [&](const auto& entry) { return levels.distance(entry.second.position); };
    const double nearest = std::ranges::max_element(known, {}, ahead)->second.position;
    throw SimulationError(
        fmt::format("no pulse moves the wall to another level: up to {:g} A/m2 (programming.max_current_density) it "
                    "ends at {:.0f} nm, the next level begins at {:.0f} nm",
                    sign() * largest, nearest * 1e9, (reset.position + direction * levels.upper_end(0)) * 1e9));
  }
  return {.reset = reset.m, .levels = levels, .upper = std::move(upper)};
}

}  // namespace spinsweep::programming
