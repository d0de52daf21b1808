#include <algorithm>

#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {

namespace {

bool has_size(const std::vector<double>& field, std::size_t size) {
  return field.size() == size;
}

bool stepper_fits(const micromagnetics::StepperState& state, const micromagnetics::FieldLayout& layout,
                  const DeviceParameters& parameters) {
  const auto& fields = state.history.fields;
  if (parameters.material.temperature > 0.0) {
    return fields.empty();
  }
  return !fields.empty() && fields.size() <= 3 && fields.size() == state.history.times.size() &&
         std::all_of(fields.begin(), fields.end(), [&](const auto& field) { return has_size(field, layout.size()); }) &&
         has_size(state.reference_field, layout.size()) && state.active.begin >= 0 &&
         state.active.begin <= state.active.end && state.active.end <= layout.nx() && state.fast_step > 0.0;
}

bool record_fits(const SimulationState& state, const micromagnetics::Mesh& mesh, const Schedule& schedule) {
  const CaseRecord& record = state.record;
  const std::uint64_t samples = state.next_sample;
  return samples <= schedule.sample_times.size() && record.magnetization.size() == samples &&
         record.wall_position.size() == samples && record.conductance.size() == samples &&
         record.energy.size() == samples && state.next_snapshot <= schedule.snapshot_times.size() &&
         record.snapshots.size() == state.next_snapshot * 3 * mesh.cells() &&
         state.next_reading <= schedule.reading_times.size() && record.readings.size() == state.next_reading;
}

}  // namespace

bool fits(const SimulationState& state, const DeviceParameters& parameters) {
  const micromagnetics::Mesh mesh = make_mesh(parameters);
  const micromagnetics::FieldLayout layout(mesh);
  const Schedule schedule = make_schedule(parameters);
  return has_size(state.integration.magnetization, layout.size()) && state.integration.time >= 0.0 &&
         state.integration.time <= schedule.end && stepper_fits(state.integration.stepper, layout, parameters) &&
         record_fits(state, mesh, schedule);
}

}  // namespace spinsweep::device
