#include "sweep/merge.hpp"

#include <fmt/format.h>
#include <mpi.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "base/error.hpp"
#include "parallel/communicator.hpp"
#include "store/case_status.hpp"
#include "store/disk.hpp"
#include "store/results_file.hpp"
#include "store/writer_lock.hpp"
#include "study/resolved_text.hpp"
#include "sweep/merge_group.hpp"
#include "sweep/stored_study.hpp"

namespace spinsweep::sweep {

namespace {

namespace fs = std::filesystem;
using store::CaseStatus;

/// layout: what the study that the file stores consists of.
store::ResultsFile open_input(const std::string& path, store::Schema& layout) {
  auto file = store::ResultsFile::open_for_reading(path);
  layout = layout_of(read_stored_study(file));
  if (store::is_being_written(path)) {
    throw EnvironmentError(path + ": a run is writing to it; merge it when that has ended");
  }
  return file;
}

void require_same_study(const store::ResultsFile& first, const store::ResultsFile& other) {
  const study::Difference difference =
      study::first_difference(first.text_attribute("/", "sweep"), other.text_attribute("/", "sweep"));
  if (difference.first != difference.second) {
    throw InputError(fmt::format("{} and {} belong to different studies: {} against {}", first.path().string(),
                                 other.path().string(), difference.first, difference.second));
  }
}

/// A copy of the first input under the wanted name, removed again unless the merge is finished.
class MergedFile {
 public:
  MergedFile(const std::string& first, const std::string& output) : lock_(output), temporary_(output + ".new") {
    std::error_code code;
    if (fs::exists(output, code)) {
      throw EnvironmentError(output + ": exists already and is not overwritten");
    }
    fs::copy_file(first, temporary_, fs::copy_options::overwrite_existing, code);
    if (code) {
      throw EnvironmentError(fmt::format("{}: {} could not be copied to it: {}", output, first, code.message()));
    }
  }
  MergedFile(const MergedFile&) = delete;
  MergedFile& operator=(const MergedFile&) = delete;
  MergedFile(MergedFile&&) = delete;
  MergedFile& operator=(MergedFile&&) = delete;
  ~MergedFile() {
    std::error_code ignored;
    fs::remove(temporary_, ignored);
  }

  [[nodiscard]] const std::string& temporary() const { return temporary_; }

  void keep() const {
    store::flush_file_and_folder(temporary_);
    std::error_code code;
    fs::rename(temporary_, lock_.results(), code);
    if (code) {
      throw EnvironmentError(fmt::format("{}: could not be created: {}", lock_.results().string(), code.message()));
    }
    store::flush_file_and_folder(lock_.results());
  }

 private:
  store::WriterLock lock_;
  std::string temporary_;
};

/// What is in /analysis follows from all of the rest, so each part has another: the next run makes it anew.
constexpr const char* analysis_status = "/analysis/status";

void count_cases(const store::ResultsFile& file, const std::vector<store::Group>& groups, MergeOutcome& outcome) {
  for (const store::Group& group : groups) {
    if (file.exists(store::join(group.path, "status"))) {
      const auto status = file.read<std::int8_t>(store::join(group.path, "status"));
      const auto done = std::count(status.begin(), status.end(), static_cast<std::int8_t>(CaseStatus::done));
      outcome.done += static_cast<std::uint64_t>(done);
      outcome.open += status.size() - static_cast<std::uint64_t>(done);
    }
  }
}

}  // namespace

MergeOutcome merge(const std::vector<std::string>& inputs, const std::string& output) {
  std::vector<store::ResultsFile> files;
  store::Schema layout;
  for (const auto& input : inputs) {
    files.push_back(open_input(input, layout));
    require_same_study(files.front(), files.back());
  }
  MergeOutcome outcome;
  const MergedFile merged_file(inputs.front(), output);
  {
    const parallel::Communicator self(MPI_COMM_SELF);
    auto merged = store::ResultsFile::open_for_writing(merged_file.temporary(), self);
    auto groups = layout.groups;
    std::erase_if(groups, [](const store::Group& group) { return group.path.starts_with("/analysis"); });
    for (auto input = files.begin() + 1; input != files.end(); ++input) {
      for (const store::Group& group : groups) {
        outcome.taken += merge_group(*input, merged, group);
      }
    }
    if (merged.exists(analysis_status)) {
      merged.commit_case(analysis_status, {}, CaseStatus::waiting);
    }
    count_cases(merged, groups, outcome);
    merged.close();
  }
  merged_file.keep();
  return outcome;
}

}  // namespace spinsweep::sweep
