#include "training/training_checkpoints.hpp"

#include <spdlog/spdlog.h>

#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/array.hpp>
#include <boost/serialization/vector.hpp>
#include <exception>
#include <numeric>
#include <span>
#include <sstream>

#include "base/bounded_archive.hpp"
#include "parallel/on_root.hpp"
#include "store/case_status.hpp"
#include "training/network_table.hpp"

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, spinsweep::network::TrainingState& state, unsigned /*version*/) {
  archive& state.step& state.weights& state.mean& state.square& state.epoch_losses& state.shard_losses;
}

}  // namespace boost::serialization

namespace spinsweep::training {

namespace {

std::uint64_t size_of(const store::Extent& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
}

/// Which trainings are not done, by number: baselines, a control of each for every scheme, then every scheme of every
/// run.
std::vector<bool> open_trainings(const results::Results& results) {
  std::vector<bool> open;
  for (const auto* variable : {&baseline_table::status, &baseline_table::control_status, &network_table::status}) {
    for (const store::CaseStatus status : results.statuses(*variable)) {
      open.push_back(status != store::CaseStatus::done);
    }
  }
  return open;
}

}  // namespace

std::uint64_t largest_training_bytes(const network::ParameterLayout& layout, std::uint64_t epochs) {
  constexpr std::uint64_t small_things = 4096;
  constexpr std::uint64_t vectors = 3;
  return engine::slot_header_bytes() + small_things + vectors * sizeof(float) * layout.parameter_count() +
         sizeof(double) * epochs;
}

TrainingCheckpoints::TrainingCheckpoints(results::Results& results, const parallel::Communicator& communicator)
    : baseline_shape_(results[baseline_table::status].shape()),
      run_shape_(results[network_table::status].shape()),
      rows_(
          results.file(), results[network_table::checkpoint].path(),
          [open = std::vector<bool>(), &results](std::uint64_t training) mutable {
            if (open.empty()) {
              open = open_trainings(results);
            }
            return training < open.size() && open[training];
          },
          communicator) {}

std::uint64_t TrainingCheckpoints::baseline(const BaselineIndex& index) const {
  return row_major_place(index, baseline_shape_);
}

std::uint64_t TrainingCheckpoints::control(const BaselineIndex& index, std::uint64_t scheme) const {
  return size_of(baseline_shape_) + row_major_place(index, baseline_shape_) * run_shape_.back() + scheme;
}

std::uint64_t TrainingCheckpoints::of_run(const RunIndex& index, std::uint64_t scheme) const {
  return size_of(baseline_shape_) * (1 + run_shape_.back()) + row_major_place(index, run_shape_) * run_shape_.back() +
         scheme;
}

std::optional<network::TrainingState> TrainingCheckpoints::take(std::uint64_t training,
                                                                const parallel::Communicator& group) {
  if (!rows_.has(training)) {
    return {};
  }
  const std::string bytes = parallel::of_root(group, [&] { return rows_.take(training).value_or(""); });
  if (bytes.empty()) {
    return {};
  }
  network::TrainingState state;
  std::istringstream stream(bytes);
  try {
    BoundedArchive archive(stream, bytes.size());
    archive >> state;
  } catch (const std::exception&) {
    // Damage that the checksum does not show is the same on every rank: the training starts from the beginning.
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

}  // namespace spinsweep::training
