#include "sweep/training_checkpoints.hpp"

#include <spdlog/spdlog.h>

#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/array.hpp>
#include <boost/serialization/vector.hpp>
#include <exception>
#include <numeric>
#include <span>
#include <sstream>

#include "base/bounded_archive.hpp"
#include "parallel/agree.hpp"
#include "parallel/broadcast.hpp"
#include "store/case_status.hpp"

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, spinsweep::network::TrainingState& state, unsigned /*version*/) {
  archive& state.step& state.weights& state.mean& state.square& state.epoch_losses& state.shard_losses;
}

}  // namespace boost::serialization

namespace spinsweep::sweep {

namespace {

const std::string run_status = "/network/status";
const std::string baseline_status = "/network/baseline/status";
const std::string control_status = "/network/baseline/control_status";

std::uint64_t size_of(const store::Extent& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
}

/// Row-major place of an index.
std::uint64_t flat(std::span<const std::uint64_t> index, const store::Extent& shape) {
  std::uint64_t place = 0;
  for (std::size_t k = 0; k < index.size(); ++k) {
    place = place * shape[k] + index[k];
  }
  return place;
}

/// Which trainings are not done, by number: baselines, a control of each for every scheme, then every scheme of every
/// run.
std::vector<bool> open_trainings(const store::ResultsFile& file) {
  std::vector<bool> open;
  for (const std::string& variable : {baseline_status, control_status, run_status}) {
    for (const std::int8_t status : file.read<std::int8_t>(variable)) {
      open.push_back(!says(status, store::CaseStatus::done));
    }
  }
  return open;
}

}  // namespace

std::uint64_t largest_training_bytes(const network::ParameterLayout& layout, std::uint64_t epochs) {
  constexpr std::uint64_t small_things = 4096;
  constexpr std::uint64_t vectors = 3;
  return slot_header_bytes() + small_things + vectors * sizeof(float) * layout.parameter_count() +
         sizeof(double) * epochs;
}

TrainingCheckpoints::TrainingCheckpoints(store::ResultsFile& file, const parallel::Communicator& communicator)
    : baseline_shape_(file.shape(baseline_status)),
      run_shape_(file.shape(run_status)),
      rows_(
          file, "/network/checkpoint",
          [open = std::vector<bool>(), &file](std::uint64_t training) mutable {
            if (open.empty()) {
              open = open_trainings(file);
            }
            return training < open.size() && open[training];
          },
          communicator) {}

std::uint64_t TrainingCheckpoints::baseline(const BaselineIndex& index) const {
  return flat(index, baseline_shape_);
}

std::uint64_t TrainingCheckpoints::control(const BaselineIndex& index, std::uint64_t scheme) const {
  return size_of(baseline_shape_) + flat(index, baseline_shape_) * run_shape_.back() + scheme;
}

std::uint64_t TrainingCheckpoints::of_run(const RunIndex& index, std::uint64_t scheme) const {
  return size_of(baseline_shape_) * (1 + run_shape_.back()) + flat(index, run_shape_) * run_shape_.back() + scheme;
}

std::optional<network::TrainingState> TrainingCheckpoints::take(std::uint64_t training,
                                                                const parallel::Communicator& group) {
  if (!rows_.has(training)) {
    return {};
  }
  std::string bytes;
  parallel::agree_on(group, [&] {
    if (group.rank() == 0) {
      bytes = rows_.take(training).value_or("");
    }
  });
  parallel::broadcast(bytes, 0, group);
  if (bytes.empty()) {
    return {};
  }
  network::TrainingState state;
  std::istringstream stream(bytes);
  try {
    BoundedArchive archive(stream, bytes.size());
    archive >> state;
  } catch (const std::exception&) {
    // Damage that the checksum does not show is the same on every rank: the training begins anew.
    return {};
  }
  return state;
}

void TrainingCheckpoints::save(std::uint64_t training, const network::TrainingState& state) {
  std::ostringstream stream;
  {
    boost::archive::binary_oarchive archive(stream);
    archive << state;
  }
  if (!rows_.save(training, stream.str())) {
    spdlog::warn("no room for the checkpoint of a training: the results file was made for fewer ranks");
  }
}

}  // namespace spinsweep::sweep
