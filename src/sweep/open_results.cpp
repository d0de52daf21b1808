#include "sweep/open_results.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "layout/results_schema.hpp"
#include "network/deployments.hpp"
#include "network/idx.hpp"
#include "network/trainer.hpp"
#include "parallel/agree.hpp"
#include "store/create.hpp"
#include "store/identity.hpp"
#include "study/resolved_text.hpp"

namespace spinsweep::sweep {

namespace {

namespace fs = std::filesystem;

bool are_the_same(const fs::path& one, const fs::path& other) {
  std::error_code none_if_one_is_missing;
  return fs::equivalent(one, other, none_if_one_is_missing);
}

/// Refuses, even with --force, to replace a file that the run reads or one that is not a results file. Errors:
/// InputError.
void refuse_to_replace_what_is_needed(const RunRequest& request) {
  if (are_the_same(request.results_file, request.sweep_file)) {
    throw InputError(request.results_file + ": is the sweep file, expected another name for the results file");
  }
  if (!request.reuse_file.empty() && are_the_same(request.results_file, request.reuse_file)) {
    throw InputError(request.results_file +
                     ": is the file whose cases --reuse takes over, expected another name for the results file");
  }
  if (request.force && fs::exists(request.results_file) &&
      (!fs::is_regular_file(request.results_file) ||
       (fs::file_size(request.results_file) > 0 && !store::has_hdf5_signature(request.results_file)))) {
    throw InputError(request.results_file + ": --force replaces results files only, and this is not one");
  }
}

void refuse_other_study(const store::ResultsFile& file, const study::Study& study) {
  const study::Difference difference = study::first_difference(file.text_attribute("/", "sweep"), study.text);
  if (difference.first != difference.second) {
    throw InputError(
        fmt::format("{}: belongs to another study: it has {} where the sweep file has {}; use another "
                    "file, or --force to replace it",
                    file.path().string(), difference.first, difference.second));
  }
}

/// Checks as well, before the first case, that the data sets are complete and that trainings can be counted. A run of
/// the devices alone needs no data set: one that is not there is taken to have the shape of MNIST.
std::vector<network::DataSetShape> read_data_set_shapes(const study::Study& study, bool trains) {
  std::vector<network::DataSetShape> shapes;
  if (study.has_network) {
    for (const auto& name : study.network.datasets) {
      if (!trains && !fs::exists(fs::path(study.network.data_folder) / name)) {
        spdlog::warn("the data set {} is not there; the results file has room for one of the shape of MNIST", name);
        shapes.push_back(network::mnist_shape);
        continue;
      }
      const auto set = network::read_data_set(std::filesystem::path(study.network.data_folder) / name, name);
      const auto require_countable = [&](int epochs) {
        (void)network::training_steps(set.train.count, epochs, study.network.batch_size);
      };
      require_countable(study.network.epochs);
      for (const network::FurtherTraining& further : network::controls_of(study.network.deployments)) {
        require_countable(further.epochs);
      }
      shapes.push_back(set.shape());
    }
  }
  return shapes;
}

}  // namespace

results::Results open_results(const RunRequest& request, const study::Study& study,
                              const parallel::Communicator& communicator) {
  const bool trains = request.stage != Stage::device && request.part.count == 1;
  std::optional<store::WriterLock> lock;
  parallel::collectively(communicator, [&] {
    if (communicator.rank() == 0) {
      refuse_to_replace_what_is_needed(request);
      lock.emplace(request.results_file);
      if (request.force || !std::filesystem::exists(request.results_file)) {
        store::create(*lock, layout::results_schema(study, read_data_set_shapes(study, trains), communicator.size()),
                      request.force ? store::Existing::replace : store::Existing::refuse);
      } else {
        const auto present = store::ResultsFile::open_for_reading(request.results_file);
        store::require_spinsweep_file(present, results::revision_of(layout::results_table()));
        refuse_other_study(present, study);
        require_layout(present, layout::results_table(), study);
      }
    }
  });
  results::Results results(store::ResultsFile::open_for_writing(request.results_file, communicator, std::move(lock)),
                           study, layout::results_table(), communicator);
  results.reset_orphans(communicator);
  return results;
}

}  // namespace spinsweep::sweep
