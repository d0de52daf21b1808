#include "device/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "device/film.hpp"
#include "device/heating.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/whole_field.hpp"

namespace spinsweep::device {

namespace {

void append_snapshot(const micromagnetics::Mesh& mesh, std::span<const double> m, std::vector<float>& snapshots) {
  const micromagnetics::FieldLayout layout(mesh);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      for (std::size_t component = 0; component < 3; ++component) {
        snapshots.push_back(static_cast<float>(m[component * layout.component_size() + layout.index(i, j)]));
      }
    }
  }
}

/// A list of moments and which of them is next.
bool is_due(const std::vector<double>& times, std::size_t next, double moment) {
  return next < times.size() && times[next] <= moment + same_moment;
}

}  // namespace

Schedule make_schedule(const Drive& drive, const Output& output) {
  Schedule schedule;
  schedule.end = drive.end();
  const auto intervals = static_cast<int>(std::floor(schedule.end / output.interval * (1.0 + 1e-12)));
  for (int k = 0; k <= intervals; ++k) {
    schedule.sample_times.push_back(std::min(k * output.interval, schedule.end));
  }
  if (schedule.end - schedule.sample_times.back() > same_moment) {
    schedule.sample_times.push_back(schedule.end);
  }
  for (int k = 0; k < output.snapshots; ++k) {
    schedule.snapshot_times.push_back(schedule.end * k / (output.snapshots - 1));
  }
  schedule.reading_times.push_back(drive.start_of_pulses());
  schedule.reading_times.insert(schedule.reading_times.end(), drive.readings().begin(), drive.readings().end());
  return schedule;
}

Schedule make_schedule(const DeviceParameters& parameters) {
  Schedule schedule = make_schedule(parameters.pulse, parameters.output);
  const Record record = record_of(parameters);
  if (record == Record::lean) {
    schedule.sample_times.clear();
  }
  if (record != Record::full) {
    schedule.snapshot_times.clear();
  }
  return schedule;
}

void advance(micromagnetics::TimeIntegration& integration, const Drive& drive, double moment) {
  std::optional<double> corner = drive.corner_after(integration.time());
  for (; corner && moment > *corner - same_moment; corner = drive.corner_after(*corner)) {
    integration.set_current(drive.ramp(integration.time()));
    integration.advance(*corner);
  }
  const double next_corner = std::min(corner.value_or(drive.end()), drive.end());
  integration.set_current(drive.ramp(integration.time()));
  // A sample that rounding puts just after a corner is taken at the corner: the integrator restarts there with its
  // shortest step and would need 40 steps to reach its usual length again.
  if (moment - integration.time() > same_moment) {
    integration.advance(moment, std::max(moment, next_corner));
  }
}

Simulation::Simulation(const DeviceParameters& parameters, const std::shared_ptr<micromagnetics::DemagField>& demag,
                       std::span<const double> initial)
    : parameters_(parameters),
      drive_(parameters.pulse),
      schedule_(make_schedule(parameters)),
      system_(make_film(parameters, demag->decomposition()), demag),
      integration_(system_, parameters.tolerance, parameters.thermal.seed),
      wall_locator_(system_.decomposition().made_collectively([&] { return WallLocator(parameters); })) {
  system_.set_applied_field({parameters.applied_field.x, parameters.applied_field.y, parameters.applied_field.z});
  system_.set_noise_temperature(noise_temperature(parameters));
  integration_.set_magnetization(own_rows(system_.mesh(), system_.decomposition(), initial));
  // With several walls only their order tells.
  const bool has_several = parameters.initial_wall.file.empty() && parameters.initial_wall.list.size() > 1;
  const WallKind kind = has_several ? parameters.initial_wall.polarity : wall_kind(system_.mesh(), initial);
  record_.is_up_down = kind == WallKind::up_down;
}

Simulation::Simulation(const DeviceParameters& parameters, const std::shared_ptr<micromagnetics::DemagField>& demag,
                       SimulationState state)
    : Simulation(parameters, demag, state.integration.magnetization) {
  integration_.restore(std::move(state.integration));
  record_ = std::move(state.record);
  next_sample_ = state.next_sample;
  next_snapshot_ = state.next_snapshot;
  next_reading_ = state.next_reading;
}

const CaseRecord& Simulation::run(const micromagnetics::StepWatch& watch) {
  integration_.observe([this, &watch] {
    watch.after_step(integration_.time());
    return false;
  });
  integration_.watch_steps(watch.during_step);
  const auto& [samples, snapshots, readings, end] = schedule_;
  while (next_sample_ < samples.size() || next_snapshot_ < snapshots.size() || next_reading_ < readings.size()) {
    double next = end;
    for (const auto& [times, index] :
         {std::pair(&samples, next_sample_), {&snapshots, next_snapshot_}, {&readings, next_reading_}}) {
      next = index < times->size() ? std::min(next, (*times)[index]) : next;
    }
    advance(integration_, drive_, next);
    if (is_due(samples, next_sample_, next)) {
      take_sample();
    }
    if (is_due(snapshots, next_snapshot_, next)) {
      take_snapshot();
    }
    if (is_due(readings, next_reading_, next)) {
      take_reading();
    }
  }
  return record_;
}

SimulationState Simulation::state() const {
  return {integration_.state(), record_, next_sample_, next_snapshot_, next_reading_};
}

void Simulation::take_sample() {
  const micromagnetics::LoggedActivity logged(micromagnetics::Activity::read_out);
  const Readout readout = read_out(system_, integration_.magnetization());
  record_.magnetization.push_back(readout.mean);
  record_.wall_position.push_back(position_of_wall(readout.mean));
  record_.conductance.push_back(parameters_.kind->conductance(parameters_, readout));
  record_.energy.push_back(system_.energies(readout.m));
  ++next_sample_;
}

void Simulation::take_snapshot() {
  const micromagnetics::LoggedActivity logged(micromagnetics::Activity::read_out);
  const auto m = gather_on_first(system_.mesh(), system_.decomposition(), integration_.magnetization());
  system_.decomposition().collectively([&] {
    if (system_.decomposition().rank() == 0) {
      append_snapshot(system_.mesh(), m, record_.snapshots);
    }
  });
  ++next_snapshot_;
}

void Simulation::take_reading() {
  const micromagnetics::LoggedActivity logged(micromagnetics::Activity::read_out);
  const Readout readout = read_out(system_, integration_.magnetization());
  Reading& reading = record_.readings.emplace_back();
  reading.wall_position = position_of_wall(readout.mean);
  reading.conductance = parameters_.kind->conductance(parameters_, readout);
  const auto m = gather_on_first(system_.mesh(), system_.decomposition(), integration_.magnetization());
  system_.decomposition().collectively([&] {
    if (system_.decomposition().rank() == 0) {
      reading.wall_count = wall_count(system_.mesh(), system_.mask(), m);
      reading.wall_crossing = wall_crossing(system_.mesh(), system_.mask(), m);
    }
  });
  ++next_reading_;
}

double Simulation::position_of_wall(const micromagnetics::Vector3& mean) const {
  return wall_locator_.position(mean.z, record_.is_up_down ? WallKind::up_down : WallKind::down_up);
}

}  // namespace spinsweep::device
