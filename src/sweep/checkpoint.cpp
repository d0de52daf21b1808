#include "sweep/checkpoint.hpp"

#include <zlib.h>

#include <algorithm>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/array.hpp>
#include <boost/serialization/vector.hpp>
#include <cstring>
#include <sstream>

#include "base/bounded_archive.hpp"
#include "base/error.hpp"
#include "device/track_geometry.hpp"
#include "parallel/agree.hpp"

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::Vector3& v, unsigned /*version*/) {
  archive& v.x& v.y& v.z;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::StepCounts& counts, unsigned /*version*/) {
  archive& counts.steps& counts.rejected_steps& counts.substeps& counts.rejected_substeps;
  archive& counts.demag_evaluations& counts.whole_demag_evaluations& counts.local_evaluations& counts.active_columns;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::DemagHistoryState& state, unsigned /*version*/) {
  archive& state.times& state.fields;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::StepperState& state, unsigned /*version*/) {
  archive& state.restarted& state.substep& state.interval& state.counts& state.history;
  archive& state.active.begin& state.active.end& state.reference_time& state.reference_field;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::micromagnetics::IntegrationState& state, unsigned /*version*/) {
  archive& state.time& state.current_density& state.magnetization& state.stepper;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::device::CaseRecord& record, unsigned /*version*/) {
  archive& record.magnetization& record.wall_position& record.conductance& record.energy& record.snapshots;
  archive& record.demag_evaluations& record.local_evaluations;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::device::SimulationState& state, unsigned /*version*/) {
  archive& state.integration& state.record& state.next_sample& state.next_snapshot;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::sweep::Checkpoint& checkpoint, unsigned /*version*/) {
  archive& checkpoint.wall_time& checkpoint.simulation;
}

}  // namespace boost::serialization

namespace spinsweep::sweep {

namespace {

constexpr std::uint64_t magic = 0x32504b4353505353;  // "SSPSCKP2"
constexpr std::uint64_t slots = 2;

struct Header {
  std::uint64_t magic = 0;
  std::uint64_t case_index = 0;
  std::uint64_t sequence = 0;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;  ///< of the four numbers before and the object
};

std::uint64_t checksum(const Header& header, std::string_view object) {
  uLong sum = crc32_z(0, reinterpret_cast<const Bytef*>(&header), offsetof(Header, checksum));
  return crc32_z(sum, reinterpret_cast<const Bytef*>(object.data()), object.size());
}

Header read_header(const std::string& bytes) {
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

}  // namespace

std::uint64_t largest_checkpoint_bytes(const device::DeviceParameters& p) {
  constexpr std::uint64_t fields = 5;  // the magnetisation and four evaluations of the demagnetising field
  constexpr std::uint64_t small_things = 4096;
  const auto mesh = device::make_mesh(p.track);
  const auto samples = device::make_schedule(p.pulse, p.output).sample_times.size();
  // Boost.Serialization writes a count before the array of energies of each sample.
  const std::uint64_t sample_bytes =
      sizeof(double) * (3 + 1 + 1 + micromagnetics::energy_terms.size()) + sizeof(std::uint64_t);
  const std::uint64_t snapshot_bytes = 3 * sizeof(float) * mesh.cells();
  return small_things + fields * sizeof(double) * micromagnetics::FieldLayout(mesh).size() + samples * sample_bytes +
         static_cast<std::uint64_t>(p.output.snapshots) * snapshot_bytes;
}

std::string pack(std::uint64_t case_index, std::uint64_t sequence, const Checkpoint& checkpoint) {
  std::ostringstream stream;
  {
    boost::archive::binary_oarchive archive(stream);
    archive << checkpoint;
  }
  const std::string object = stream.str();
  Header header{magic, case_index, sequence, object.size(), 0};
  header.checksum = checksum(header, object);
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes + object;
}

std::optional<SlotContent> unpack(const std::string& bytes) {
  if (bytes.size() < sizeof(Header)) {
    return {};
  }
  const Header header = read_header(bytes);
  if (header.magic != magic || header.size > bytes.size() - sizeof(Header)) {
    return {};
  }
  const std::string object = bytes.substr(sizeof(Header), header.size);
  if (checksum(header, object) != header.checksum) {
    return {};
  }
  SlotContent content{header.case_index, header.sequence, {}};
  std::istringstream stream(object);
  try {
    BoundedArchive archive(stream, object.size());
    archive >> content.checkpoint;
  } catch (const std::exception&) {
    // Bytes that another program's archive made, or damage that the checksum does not show: the case begins anew.
    return {};
  }
  return content;
}

CheckpointStore::CheckpointStore(store::ResultsFile& file, const std::string& group, const std::vector<bool>& is_open,
                                 const parallel::Communicator& communicator)
    : file_(file), variable_("/" + group + "/checkpoint"), free_row_counter_(communicator) {
  const store::Extent shape = file.shape(variable_);
  const std::uint64_t rows = shape[0];
  row_bytes_ = shape[2];
  // The first rank's view counts: the others may already see what it writes later.
  std::vector<std::int64_t> case_of_row(rows, -1);
  parallel::agree_on(communicator, [&] {
    for (std::uint64_t row = 0; communicator.rank() == 0 && row < rows; ++row) {
      for (std::uint64_t slot = 0; slot < slots; ++slot) {
        const auto content = read(row, slot);
        if (content && content->case_index < is_open.size() && is_open[content->case_index]) {
          case_of_row[row] = static_cast<std::int64_t>(content->case_index);
        }
      }
    }
  });
  MPI_Bcast(case_of_row.data(), static_cast<int>(rows), MPI_INT64_T, 0, communicator.get());
  for (std::uint64_t row = 0; row < rows; ++row) {
    if (case_of_row[row] >= 0) {
      owners_.push_back({static_cast<std::uint64_t>(case_of_row[row]), row});
    } else {
      free_rows_.push_back(row);
    }
  }
}

bool CheckpointStore::has(std::uint64_t case_index) const {
  return std::any_of(owners_.begin(), owners_.end(),
                     [&](const Owner& owner) { return owner.case_index == case_index; });
}

std::optional<Checkpoint> CheckpointStore::take(std::uint64_t case_index) {
  std::optional<SlotContent> newest;
  for (const Owner& owner : owners_) {
    if (owner.case_index != case_index) {
      continue;
    }
    own_row_ = owner.row;
    for (std::uint64_t slot = 0; slot < slots; ++slot) {
      auto content = read(owner.row, slot);
      if (content && content->case_index == case_index && (!newest || content->sequence > newest->sequence)) {
        newest = std::move(content);
      }
    }
  }
  if (!newest) {
    return {};
  }
  sequence_ = std::max(sequence_, newest->sequence);
  return std::move(newest->checkpoint);
}

bool CheckpointStore::save(std::uint64_t case_index, const Checkpoint& checkpoint) {
  if (!own_row_) {
    const auto next = static_cast<std::size_t>(free_row_counter_.next());
    if (next >= free_rows_.size()) {
      return false;
    }
    own_row_ = free_rows_[next];
  }
  ++sequence_;
  const std::string bytes = pack(case_index, sequence_, checkpoint);
  if (bytes.size() > row_bytes_) {
    throw Error("a checkpoint of " + std::to_string(bytes.size()) + " bytes does not fit in the " +
                std::to_string(row_bytes_) + " bytes of its row");
  }
  file_.write<std::uint8_t>(variable_, {*own_row_, sequence_ % slots, 0}, {1, 1, bytes.size()},
                            {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  file_.sync();
  return true;
}

std::optional<SlotContent> CheckpointStore::read(std::uint64_t row, std::uint64_t slot) const {
  const auto read_bytes = [&](std::uint64_t size) {
    const auto bytes = file_.read<std::uint8_t>(variable_, {row, slot, 0}, {1, 1, size});
    return std::string(bytes.begin(), bytes.end());
  };
  const Header header = read_header(read_bytes(sizeof(Header)));
  if (header.magic != magic || header.size > row_bytes_ - sizeof(Header)) {
    return {};
  }
  return unpack(read_bytes(sizeof(Header) + header.size));
}

}  // namespace spinsweep::sweep
