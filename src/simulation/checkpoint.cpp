#include "simulation/checkpoint.hpp"

#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/array.hpp>
#include <boost/serialization/vector.hpp>
#include <exception>
#include <new>
#include <sstream>

#include "base/bounded_archive.hpp"
#include "device/track_geometry.hpp"
#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::Vector3& v, unsigned /*version*/) {
  archive& v.x& v.y& v.z;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::StepCounts& counts, unsigned /*version*/) {
  archive& counts.steps& counts.rejected_steps& counts.fast_steps& counts.rejected_fast_steps;
  archive& counts.demag_evaluations& counts.whole_demag_evaluations& counts.local_evaluations& counts.active_columns;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::DemagHistoryState& state, unsigned /*version*/) {
  archive& state.times& state.fields;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::StepperState& state, unsigned /*version*/) {
  archive& state.restarted& state.fast_step& state.slow_step& state.counts& state.history;
  archive& state.active.begin& state.active.end& state.reference_time& state.reference_field;
  archive& state.largest_rate& state.frozen_until;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::CurrentRamp& ramp, unsigned /*version*/) {
  archive& ramp.begin& ramp.end& ramp.at_begin& ramp.at_end;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::device::Reading& reading, unsigned /*version*/) {
  archive& reading.wall_position& reading.conductance& reading.wall_count& reading.wall_crossing;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::IntegrationState& state, unsigned /*version*/) {
  archive& state.time& state.current& state.magnetization& state.stepper;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::device::CaseRecord& record, unsigned /*version*/) {
  archive& record.magnetization& record.wall_position& record.conductance& record.energy& record.is_up_down;
  archive& record.snapshots& record.readings;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::device::SimulationState& state, unsigned /*version*/) {
  archive& state.integration& state.record& state.next_sample& state.next_snapshot& state.next_reading;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::simulation::Checkpoint& checkpoint, unsigned /*version*/) {
  archive& checkpoint.wall_time& checkpoint.simulation;
}

}  // namespace boost::serialization

namespace spinsweep::simulation {

namespace {

Checkpoint checkpoint_of(const std::string& object) {
  Checkpoint checkpoint;
  std::istringstream stream(object);
  BoundedArchive archive(stream, object.size());
  archive >> checkpoint;
  return checkpoint;
}

}  // namespace

std::string as_object(const Checkpoint& checkpoint) {
  std::ostringstream stream;
  {
    boost::archive::binary_oarchive archive(stream);
    archive << checkpoint;
  }
  return stream.str();
}

std::uint64_t largest_checkpoint_bytes(const device::DeviceParameters& p) {
  constexpr std::uint64_t fields = 5;  // the magnetisation and four evaluations of the demagnetising field
  constexpr std::uint64_t small_things = 4096;
  const auto mesh = device::make_mesh(p);
  const auto schedule = device::make_schedule(p);
  // Boost.Serialization writes a count before the array of energies of each sample.
  const std::uint64_t sample_bytes =
      sizeof(double) * (3 + 1 + 1 + micromagnetics::energy_terms.size()) + sizeof(std::uint64_t);
  const std::uint64_t snapshot_bytes = 3 * sizeof(float) * mesh.cells();
  return small_things + fields * sizeof(double) * micromagnetics::FieldLayout(mesh).size() +
         schedule.sample_times.size() * sample_bytes + schedule.reading_times.size() * sizeof(device::Reading) +
         schedule.snapshot_times.size() * snapshot_bytes;
}

std::optional<Checkpoint> checkpoint_of_first(std::optional<Checkpoint> checkpoint,
                                              const parallel::Communicator& communicator) {
  if (communicator.size() == 1) {
    return checkpoint;
  }
  const std::string bytes =
      parallel::of_root(communicator, [&] { return checkpoint ? as_object(*checkpoint) : std::string(); });
  parallel::collectively(communicator, [&] {
    if (!bytes.empty() && communicator.rank() > 0) {
      checkpoint = checkpoint_of(bytes);
    }
  });
  return checkpoint;
}

CheckpointStore::CheckpointStore(store::ResultsFile& file, const std::string& group, const std::vector<bool>& is_open,
                                 const parallel::Communicator& communicator)
    : rows_(
          file, "/" + group + "/checkpoint",
          [&](std::uint64_t case_index) { return case_index < is_open.size() && is_open[case_index]; }, communicator) {}

std::optional<Checkpoint> CheckpointStore::take(std::uint64_t case_index, const device::DeviceParameters& parameters) {
  const auto object = rows_.take(case_index, [&parameters](const std::string& bytes) {
    try {
      return device::fits(checkpoint_of(bytes).simulation, parameters);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception&) {
      // Bytes that another program's archive made, or damage that the checksum does not show.
      return false;
    }
  });
  return object ? std::optional(checkpoint_of(*object)) : std::nullopt;
}

bool CheckpointStore::save(std::uint64_t case_index, const Checkpoint& checkpoint) {
  return rows_.save(case_index, as_object(checkpoint));
}

}  // namespace spinsweep::simulation
