#include "sweep/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <mpi.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <numeric>
#include <optional>
#include <system_error>

#include "base/error.hpp"
#include "parallel/communicator.hpp"
#include "store/case_status.hpp"
#include "store/catalogue.hpp"
#include "store/disk.hpp"
#include "store/identity.hpp"
#include "store/results_file.hpp"
#include "store/schema.hpp"
#include "store/writer_lock.hpp"
#include "study/resolved_text.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

namespace {

namespace fs = std::filesystem;
using store::CaseStatus;
using store::Extent;

store::ResultsFile open_input(const std::string& path) {
  auto file = store::ResultsFile::open_for_reading(path);
  store::require_spinsweep_file(file, schema_revision);
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

/// Blocks of a variable that belong together, "rows": one for each index over the leading axes.
class Rows {
 public:
  Rows(const store::ResultsFile& file, std::string variable, std::size_t leading_axes)
      : variable_(std::move(variable)), shape_(file.shape(variable_)), leading_axes_(leading_axes) {}

  [[nodiscard]] const std::string& variable() const { return variable_; }

  [[nodiscard]] std::uint64_t count() const {
    return std::accumulate(shape_.begin(), shape_.begin() + static_cast<std::ptrdiff_t>(leading_axes_),
                           std::uint64_t{1}, std::multiplies<>());
  }

  [[nodiscard]] Extent start(std::uint64_t row) const {
    Extent start(shape_.size(), 0);
    for (std::size_t axis = leading_axes_; axis-- > 0;) {
      start[axis] = row % shape_[axis];
      row /= shape_[axis];
    }
    return start;
  }

  [[nodiscard]] Extent extent() const {
    Extent extent = shape_;
    std::fill(extent.begin(), extent.begin() + static_cast<std::ptrdiff_t>(leading_axes_), 1);
    return extent;
  }

  [[nodiscard]] std::vector<std::byte> read(const store::ResultsFile& file, std::uint64_t row) const {
    return file.read_bytes(variable_, start(row), extent());
  }

  void copy(const store::ResultsFile& source, store::ResultsFile& target, std::uint64_t row) const {
    target.copy_block(source, variable_, start(row), start(row), extent());
  }

  [[nodiscard]] std::string place(std::uint64_t row) const {
    Extent index = start(row);
    index.resize(leading_axes_);
    return fmt::format("{} at ({})", variable_, fmt::join(index, ", "));
  }

 private:
  std::string variable_;
  Extent shape_;
  std::size_t leading_axes_;
};

/// Puts one more input into the merged file.
class Merger {
 public:
  Merger(const store::ResultsFile& input, store::ResultsFile& merged, MergeOutcome& outcome)
      : input_(input), merged_(merged), outcome_(outcome) {}

  void merge_group(const std::string& group) {
    const auto names = store::list_variables(merged_, group);
    const bool has_status = std::find(names.begin(), names.end(), "status") != names.end();
    const auto status_dimensions =
        has_status ? store::dimensions_of(merged_, store::join(group, "status")) : std::vector<std::string>{};
    std::vector<Rows> rows;
    for (const auto& name : names) {
      const std::string path = store::join(group, name);
      const auto dimensions = store::dimensions_of(merged_, path);
      if (has_status && dimensions.size() >= status_dimensions.size() &&
          std::equal(status_dimensions.begin(), status_dimensions.end(), dimensions.begin())) {
        if (name != "status") {
          rows.emplace_back(merged_, path, status_dimensions.size());
        }
      } else if (name != "checkpoint") {
        merge_found(Rows(merged_, path, std::min<std::size_t>(1, dimensions.size())));
      }
    }
    if (has_status) {
      merge_cases(store::join(group, "status"), rows);
    }
  }

 private:
  void merge_cases(const std::string& status, const std::vector<Rows>& rows) {
    const auto theirs = input_.read<std::int8_t>(status);
    auto ours = merged_.read<std::int8_t>(status);
    for (std::size_t k = 0; k < ours.size(); ++k) {
      const bool has_ours = ours[k] == static_cast<std::int8_t>(CaseStatus::done);
      const bool has_theirs = theirs[k] == static_cast<std::int8_t>(CaseStatus::done);
      const bool only_failed = !has_ours && theirs[k] == static_cast<std::int8_t>(CaseStatus::failed);
      for (const Rows& variable : rows) {
        if (has_ours && has_theirs) {
          require_equal(variable, k);
        } else if (has_theirs || only_failed) {
          variable.copy(input_, merged_, k);
        }
      }
      if ((has_theirs && !has_ours) || only_failed) {
        ours[k] = theirs[k];
        outcome_.taken += has_theirs ? 1 : 0;
      }
    }
    merged_.write<std::int8_t>(status, Extent(merged_.shape(status).size(), 0), merged_.shape(status), ours);
  }

  void require_equal(const Rows& variable, std::uint64_t row) const {
    if (!variable.variable().ends_with("/wall_time") && variable.read(input_, row) != variable.read(merged_, row)) {
      throw EnvironmentError(fmt::format("{}: its {} differs from what the files before it have, though both are done",
                                         input_.path().string(), variable.place(row)));
    }
  }

  /// Rows that no status vouches for, but that follow from the cases: what one file has and the other has not is taken.
  void merge_found(const Rows& variable) {
    for (std::uint64_t row = 0; row < variable.count(); ++row) {
      const auto theirs = variable.read(input_, row);
      const auto ours = variable.read(merged_, row);
      if (theirs == ours || is_empty(theirs, variable)) {
        continue;
      }
      if (!is_empty(ours, variable)) {
        throw EnvironmentError(fmt::format("{}: its {} differs from what the files before it have",
                                           input_.path().string(), variable.place(row)));
      }
      variable.copy(input_, merged_, row);
    }
  }

  /// Zeros or, in a variable of numbers that are not there from the beginning, NaN.
  [[nodiscard]] bool is_empty(const std::vector<std::byte>& bytes, const Rows& variable) const {
    if (std::all_of(bytes.begin(), bytes.end(), [](std::byte byte) { return byte == std::byte{0}; })) {
      return true;
    }
    if (merged_.type(variable.variable()) != store::Type::float64) {
      return false;
    }
    const auto* numbers = reinterpret_cast<const double*>(bytes.data());
    return std::all_of(numbers, numbers + bytes.size() / sizeof(double), [](double x) { return std::isnan(x); });
  }

  const store::ResultsFile& input_;
  store::ResultsFile& merged_;
  MergeOutcome& outcome_;
};

/// What is in /analysis follows from all of the rest, so each part has another: the next run makes it anew.
constexpr const char* analysis_status = "/analysis/status";

void count_cases(const store::ResultsFile& file, const std::vector<std::string>& groups, MergeOutcome& outcome) {
  for (const auto& group : groups) {
    if (file.exists(store::join(group, "status"))) {
      const auto status = file.read<std::int8_t>(store::join(group, "status"));
      const auto done = std::count(status.begin(), status.end(), static_cast<std::int8_t>(CaseStatus::done));
      outcome.done += static_cast<std::uint64_t>(done);
      outcome.open += status.size() - static_cast<std::uint64_t>(done);
    }
  }
}

}  // namespace

MergeOutcome merge(const std::vector<std::string>& inputs, const std::string& output) {
  std::vector<store::ResultsFile> files;
  for (const auto& input : inputs) {
    files.push_back(open_input(input));
    require_same_study(files.front(), files.back());
  }
  MergeOutcome outcome;
  const MergedFile merged_file(inputs.front(), output);
  {
    const parallel::Communicator self(MPI_COMM_SELF);
    auto merged = store::ResultsFile::open_for_writing(merged_file.temporary(), self);
    auto groups = store::list_groups(merged);
    std::erase_if(groups, [](const std::string& group) { return group.starts_with("/analysis"); });
    for (auto input = files.begin() + 1; input != files.end(); ++input) {
      Merger merger(*input, merged, outcome);
      for (const auto& group : groups) {
        merger.merge_group(group);
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
