#include "training/training_checkpoints.hpp"

#include <spdlog/spdlog.h>

#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/array.hpp>
#include <boost/serialization/vector.hpp>
#include <exception>
#include <span>
#include <sstream>

#include "base/bounded_archive.hpp"
#include "network/deployments.hpp"
#include "parallel/on_root.hpp"
#include "store/case_status.hpp"
#include "training/network_table.hpp"

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, spinsweep::network::TrainingState& state, unsigned /*version*/) {
  archive& state.step& state.weights& state.mean& state.square& state.epoch_losses& state.shard_losses& state.pulses;
}

}  // namespace boost::serialization

namespace spinsweep::training {

namespace {

/// Which trainings are not done, by number: baselines, their controls, then the deployments of every run.
std::vector<bool> open_trainings(const results::Results& results) {
  std::vector<bool> open;
  for (const auto& statuses :
       {results.statuses(baseline_table::status), control_statuses(results), results.statuses(network_table::status)}) {
    for (const store::CaseStatus status : statuses) {
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
    : baselines_(results.statuses(baseline_table::status).size()),
      controls_(controls_of(results.study().network.deployments).size()),
      deployments_(results.study().network.deployments.size()),
      rows_(
          results.file(), results[network_table::checkpoint].path(),
          [open = std::vector<bool>(), &results](std::uint64_t training) mutable {
            if (open.empty()) {
              open = open_trainings(results);
            }
            return training < open.size() && open[training];
          },
          communicator) {}

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
