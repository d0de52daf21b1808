#include "device/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "device/readout.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::device {

namespace {

/// Times closer than this are the same moment, s: far below any step, far above rounding.
constexpr double same_moment = 1e-17;

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

}  // namespace

Schedule make_schedule(const Pulse& pulse, const Output& output) {
  Schedule schedule;
  schedule.pulse_end = pulse.duration;
  schedule.end = pulse.duration + pulse.rest;
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
  return schedule;
}

double conductance(const DeviceParameters& parameters, micromagnetics::LlgsSystem& system, std::span<const double> m) {
  if (parameters.kind == Kind::neuron) {
    return detector_conductance(system.mesh(), system.mask(), m, parameters.detector, parameters.junction);
  }
  return track_conductance(system.mean_magnetization(m).z, parameters.junction);
}

CaseRecord simulate(const DeviceParameters& parameters, std::span<const double> initial,
                    std::shared_ptr<micromagnetics::DemagField> demag) {
  const micromagnetics::Mesh mesh = make_mesh(parameters.track);
  micromagnetics::LlgsSystem system(parameters.material, mesh, make_mask(parameters.track, parameters.notches),
                                    std::move(demag));
  system.set_applied_field({parameters.applied_field.x, parameters.applied_field.y, parameters.applied_field.z});
  micromagnetics::TimeIntegration integration(system, parameters.tolerance);
  integration.set_magnetization(initial);
  integration.set_current_density(parameters.pulse.current_density);

  const Schedule schedule = make_schedule(parameters.pulse, parameters.output);
  const double length = mesh.nx * mesh.dx;
  CaseRecord record;
  const auto take_sample = [&] {
    const std::span<const double> m = integration.magnetization();
    const micromagnetics::Vector3 mean = system.mean_magnetization(m);
    record.magnetization.push_back(mean);
    record.wall_position.push_back(wall_position(mean.z, length));
    record.conductance.push_back(conductance(parameters, system, m));
    record.energy.push_back(system.energies(m));
  };
  auto sample = schedule.sample_times.begin();
  auto snapshot = schedule.snapshot_times.begin();
  while (sample != schedule.sample_times.end() || snapshot != schedule.snapshot_times.end()) {
    double next = schedule.end;
    if (sample != schedule.sample_times.end()) {
      next = std::min(next, *sample);
    }
    if (snapshot != schedule.snapshot_times.end()) {
      next = std::min(next, *snapshot);
    }
    if (integration.time() < schedule.pulse_end && next > schedule.pulse_end - same_moment) {
      integration.advance(schedule.pulse_end);
      integration.set_current_density(0.0);
    }
    integration.advance(next);
    if (sample != schedule.sample_times.end() && *sample <= next + same_moment) {
      take_sample();
      ++sample;
    }
    if (snapshot != schedule.snapshot_times.end() && *snapshot <= next + same_moment) {
      append_snapshot(mesh, integration.magnetization(), record.snapshots);
      ++snapshot;
    }
  }
  const auto& counts = integration.counts();
  record.demag_evaluations = counts.steps + counts.rejected_steps;
  record.local_evaluations = 3 * (counts.substeps + counts.rejected_substeps) + record.demag_evaluations;
  return record;
}

}  // namespace spinsweep::device
