#include "reuse/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <mpi.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "layout/later_stages.hpp"
#include "layout/results_schema.hpp"
#include "parallel/communicator.hpp"
#include "results/governed_rows.hpp"
#include "results/results.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"
#include "store/types.hpp"
#include "store/unfinished_file.hpp"
#include "store/writer_lock.hpp"
#include "study/resolved_text.hpp"
#include "training/network_table.hpp"

namespace spinsweep::reuse {

namespace {

namespace fs = std::filesystem;
using store::CaseStatus;

results::Results open_input(const std::string& path) {
  auto results = results::Results::open_for_reading(path, layout::results_table());
  if (store::is_being_written(path)) {
    throw EnvironmentError(path + ": a run is writing to it; merge it after the run has ended");
  }
  return results;
}

void require_same_study(const store::ResultsFile& first, const store::ResultsFile& other) {
  const study::Difference difference =
      study::first_difference(first.text_attribute("/", "sweep"), other.text_attribute("/", "sweep"));
  if (difference.first != difference.second) {
    throw InputError(fmt::format("{} and {} belong to different studies: {} against {}", first.path().string(),
                                 other.path().string(), difference.first, difference.second));
  }
}

void copy_to_unfinished(const std::string& first, const store::UnfinishedFile& unfinished, const fs::path& output) {
  std::error_code code;
  if (fs::exists(output, code)) {
    throw EnvironmentError(output.string() + ": exists already and is not overwritten");
  }
  fs::copy_file(first, unfinished.path(), fs::copy_options::overwrite_existing, code);
  if (code) {
    throw EnvironmentError(fmt::format("{}: {} could not be copied to it: {}", output.string(), first, code.message()));
  }
}

/// What follows from all other results differs between the parts: the next run makes it again.
bool is_derived(const results::Entry& entry) {
  return std::ranges::any_of(layout::later_stages(), [&](const layout::LaterStage& stage) {
    return stage.is_derived() && stage.group == entry.description.group;
  });
}

/// Takes the rows that `input` has done and `merged` has not, and the failures of what neither has done.
std::uint64_t merge_governed(const results::Entry& entry, const results::Results& input, results::Results& merged) {
  const results::GovernedRows rows(merged.entries(), entry, input.file());
  auto cells = merged.cells<std::int8_t>(entry.path());
  const store::Extent shape = cells.shape();
  const auto theirs = input.statuses_at(entry.path());
  const auto ours = merged.statuses_at(entry.path());
  std::uint64_t taken = 0;
  for (std::size_t k = 0; k < ours.size(); ++k) {
    const store::Extent index = results::index_of(k, shape);
    const bool has_ours = ours[k] == CaseStatus::done;
    const bool has_theirs = theirs[k] == CaseStatus::done;
    if (has_ours && has_theirs) {
      rows.require_equal(input.file(), merged.file(), index);
    } else if (!has_ours && (has_theirs || theirs[k] == CaseStatus::failed)) {
      rows.copy(input.file(), index, merged, index);
      cells.at(index).mark(theirs[k]);
      taken += has_theirs ? 1 : 0;
    }
  }
  return taken;
}

/// Whether an element is zero or NaN.
bool is_empty(const std::byte* element, std::size_t size, store::Type type) {
  if (std::all_of(element, element + size, [](std::byte byte) { return byte == std::byte{0}; })) {
    return true;
  }
  double number = 0.0;
  if (type == store::Type::float64) {
    std::memcpy(&number, element, sizeof number);
  }
  return std::isnan(number);
}

/// What no status governs follows from the rows that are done, so each element that is still empty (0 or NaN) in
/// `merged` is taken.
void merge_ungoverned(const results::Entry& entry, const store::ResultsFile& input, store::ResultsFile& merged) {
  const std::string path = entry.path();
  const store::Extent shape = merged.shape(path);
  const store::Extent start(shape.size(), 0);
  const std::size_t size = store::size_of(entry.description.type);
  const auto theirs = input.read_bytes(path, start, shape);
  auto ours = merged.read_bytes(path, start, shape);
  if (theirs == ours) {
    return;
  }
  for (std::size_t k = 0; k < ours.size(); k += size) {
    if (is_empty(&theirs[k], size, entry.description.type) || std::memcmp(&ours[k], &theirs[k], size) == 0) {
      continue;
    }
    if (!is_empty(&ours[k], size, entry.description.type)) {
      throw EnvironmentError(fmt::format("{}: its {} at ({}) differs from what the files before it have",
                                         input.path().string(), path,
                                         fmt::join(results::index_of(k / size, shape), ", ")));
    }
    std::memcpy(&ours[k], &theirs[k], size);
  }
  merged.write_bytes(path, start, shape, ours);
}

/// Puts what `input` holds into `merged`. Returns how many cases and trainings are done that were not before.
std::uint64_t merge_into(results::Results& merged, const results::Results& input) {
  std::uint64_t taken = 0;
  for (const results::Entry& entry : merged.entries()) {
    const results::Description& variable = entry.description;
    if (variable.role == results::Role::checkpoint) {
      continue;
    }
    if (is_derived(entry)) {
      if (variable.role == results::Role::status) {
        merged.cells<std::int8_t>(entry.path()).commit(CaseStatus::waiting);
      }
    } else if (variable.role == results::Role::status) {
      taken += merge_governed(entry, input, merged);
    } else if (variable.status == nullptr && variable.type != store::Type::text) {
      merge_ungoverned(entry, input.file(), merged.file());
    }
  }
  return taken;
}

void count_cases(const results::Results& results, MergeOutcome& outcome) {
  for (const results::Entry& entry : results.entries()) {
    if (entry.description.role == results::Role::status && !is_derived(entry)) {
      const auto status = results.statuses_at(entry.path());
      const auto done = static_cast<std::uint64_t>(std::ranges::count(status, CaseStatus::done));
      outcome.done += done;
      outcome.open += status.size() - done;
    }
  }
}

}  // namespace

MergeOutcome merge(const std::vector<std::string>& inputs, const std::string& output) {
  std::vector<results::Results> files;
  for (const auto& input : inputs) {
    files.push_back(open_input(input));
    require_same_study(files.front().file(), files.back().file());
  }
  MergeOutcome outcome;
  const store::WriterLock lock(output);
  const store::UnfinishedFile unfinished(lock.results());
  copy_to_unfinished(inputs.front(), unfinished, lock.results());
  {
    const parallel::Communicator self(MPI_COMM_SELF);
    results::Results merged(store::ResultsFile::open_for_writing(unfinished.path(), self), files.front().study(),
                            layout::results_table());
    for (auto input = files.begin() + 1; input != files.end(); ++input) {
      outcome.taken += merge_into(merged, *input);
    }
    count_cases(merged, outcome);
    merged.file().close();
  }
  unfinished.keep();
  return outcome;
}

}  // namespace spinsweep::reuse
