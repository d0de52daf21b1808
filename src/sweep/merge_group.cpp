#include "sweep/merge_group.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <functional>
#include <numeric>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "store/case_status.hpp"
#include "store/schema.hpp"
#include "store/types.hpp"

namespace spinsweep::sweep {

namespace {

using store::CaseStatus;
using store::Extent;

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

  void write(store::ResultsFile& file, std::uint64_t row, const std::vector<std::byte>& bytes) const {
    file.write_bytes(variable_, start(row), extent(), bytes);
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

/// A status and what it vouches for.
struct Vouched {
  std::string status;  ///< path of the variable
  std::vector<std::string> dimensions;
  std::vector<Rows> rows;
};

void require_equal(const Rows& variable, std::uint64_t row, const store::ResultsFile& input,
                   const store::ResultsFile& merged) {
  if (!variable.variable().ends_with("wall_time") && variable.read(input, row) != variable.read(merged, row)) {
    throw EnvironmentError(fmt::format("{}: its {} differs from what the files before it have, though both are done",
                                       input.path().string(), variable.place(row)));
  }
}

std::uint64_t merge_vouched(const Vouched& vouched, const store::ResultsFile& input, store::ResultsFile& merged) {
  const auto theirs = input.read<std::int8_t>(vouched.status);
  auto ours = merged.read<std::int8_t>(vouched.status);
  std::uint64_t taken = 0;
  if (theirs.size() != ours.size()) {
    throw EnvironmentError(fmt::format("{}: its {} has {} elements where the files before it have {}",
                                       input.path().string(), vouched.status, theirs.size(), ours.size()));
  }
  for (std::size_t k = 0; k < ours.size(); ++k) {
    const bool has_ours = says(ours[k], CaseStatus::done);
    const bool has_theirs = says(theirs[k], CaseStatus::done);
    const bool only_failed = !has_ours && says(theirs[k], CaseStatus::failed);
    for (const Rows& variable : vouched.rows) {
      if (has_ours && has_theirs) {
        require_equal(variable, k, input, merged);
      } else if (has_theirs || only_failed) {
        variable.copy(input, merged, k);
      }
    }
    if ((has_theirs && !has_ours) || only_failed) {
      ours[k] = theirs[k];
      taken += has_theirs ? 1 : 0;
    }
  }
  const Extent shape = merged.shape(vouched.status);
  merged.write<std::int8_t>(vouched.status, Extent(shape.size(), 0), shape, ours);
  return taken;
}

/// Zeros or, in a variable of numbers that are not there from the beginning, NaN.
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

void merge_found(const Rows& variable, const store::ResultsFile& input, store::ResultsFile& merged) {
  const store::Type type = merged.type(variable.variable());
  const std::size_t size = store::size_of(type);
  for (std::uint64_t row = 0; row < variable.count(); ++row) {
    const auto theirs = variable.read(input, row);
    auto ours = variable.read(merged, row);
    if (theirs == ours) {
      continue;
    }
    for (std::size_t k = 0; k < ours.size(); k += size) {
      if (is_empty(&theirs[k], size, type)) {
        continue;
      }
      if (!is_empty(&ours[k], size, type) && std::memcmp(&ours[k], &theirs[k], size) != 0) {
        throw EnvironmentError(fmt::format("{}: its {} differs from what the files before it have",
                                           input.path().string(), variable.place(row)));
      }
      std::memcpy(&ours[k], &theirs[k], size);
    }
    variable.write(merged, row, ours);
  }
}

/// The statuses of a group, the one of the longest name first: "control_status" takes what begins with "control_".
std::vector<Vouched> statuses_of(const store::Group& layout) {
  std::vector<Vouched> statuses;
  for (const store::Variable& variable : layout.variables) {
    if (variable.name.ends_with("status")) {
      statuses.push_back({store::join(layout.path, variable.name), variable.dimensions, {}});
    }
  }
  std::sort(statuses.begin(), statuses.end(),
            [](const Vouched& a, const Vouched& b) { return a.status.size() > b.status.size(); });
  return statuses;
}

bool vouches(const Vouched& vouched, const std::string& path, const std::vector<std::string>& dimensions) {
  const std::string prefix = vouched.status.substr(0, vouched.status.size() - std::string("status").size());
  return path.starts_with(prefix) && dimensions.size() >= vouched.dimensions.size() &&
         std::equal(vouched.dimensions.begin(), vouched.dimensions.end(), dimensions.begin());
}

}  // namespace

std::uint64_t merge_group(const store::ResultsFile& input, store::ResultsFile& merged, const store::Group& layout) {
  auto statuses = statuses_of(layout);
  for (const store::Variable& variable : layout.variables) {
    if (variable.name.ends_with("status") || variable.name == "checkpoint") {
      continue;
    }
    const std::string path = store::join(layout.path, variable.name);
    const auto status = std::find_if(statuses.begin(), statuses.end(), [&](const Vouched& vouched) {
      return vouches(vouched, path, variable.dimensions);
    });
    if (status != statuses.end()) {
      status->rows.emplace_back(merged, path, status->dimensions.size());
    } else {
      merge_found(Rows(merged, path, std::min<std::size_t>(1, variable.dimensions.size())), input, merged);
    }
  }
  std::uint64_t taken = 0;
  for (const Vouched& vouched : statuses) {
    taken += merge_vouched(vouched, input, merged);
  }
  return taken;
}

}  // namespace spinsweep::sweep
