#include "analysis/jump_table_file.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/handle.hpp"
#include "base/words.hpp"

namespace spinsweep::analysis {

namespace {

void close_gzip(gzFile file) noexcept {
  gzclose(file);
}

/// The lines of a plain or gzipped text.
class Lines {
 public:
  explicit Lines(const std::filesystem::path& path) : name_(path.string()), file_(gzopen(path.c_str(), "rb")) {
    if (std::error_code ignored; !file_ || !std::filesystem::is_regular_file(path, ignored)) {
      throw InputError(name_ + ": the jump table cannot be opened");
    }
  }

  /// Without its end; nothing at the end of the file.
  [[nodiscard]] std::optional<std::string> next() {
    std::string line;
    std::vector<char> part(1U << 16U);
    while (gzgets(file_.get(), part.data(), static_cast<int>(part.size())) != nullptr) {
      line += part.data();
      if (line.ends_with('\n')) {
        break;
      }
    }
    int status = Z_OK;
    gzerror(file_.get(), &status);
    if (status < 0) {
      throw InputError(name_ + ": is damaged");
    }
    if (line.empty()) {
      return std::nullopt;
    }
    ++number_;
    line.erase(line.find_last_not_of("\r\n") + 1);
    return line;
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(fmt::format("{}:{}: {}", name_, number_, message));
  }

  [[nodiscard]] std::vector<double> next_numbers(const std::string& what) {
    const auto line = next();
    if (!line) {
      ++number_;
      fail(fmt::format("the file ends, expected {}", what));
    }
    return numbers_of(*line, what);
  }

  [[nodiscard]] std::vector<double> numbers_of(const std::string& line, const std::string& what) const {
    std::vector<double> numbers;
    const char* place = line.c_str();
    for (;;) {
      char* end = nullptr;
      const double number = std::strtod(place, &end);
      if (end == place || !std::isfinite(number)) {
        fail(fmt::format("number {} of {} is not a finite number", numbers.size() + 1, what));
      }
      numbers.push_back(number);
      place = end;
      while (*place == ' ' || *place == '\t') {
        ++place;
      }
      if (*place == '\0') {
        return numbers;
      }
      if (*place != ',') {
        fail(fmt::format("expected a comma after number {} of {}", numbers.size(), what));
      }
      ++place;
    }
  }

 private:
  std::string name_;
  UniqueHandle<gzFile, &close_gzip, nullptr> file_;
  int number_ = 0;
};

void expect_ascending(const Lines& lines, const std::vector<double>& numbers, const std::string& what) {
  if (numbers.size() < 2) {
    lines.fail(fmt::format("{}: {} number, expected at least two", what, numbers.size()));
  }
  if (std::ranges::adjacent_find(numbers, std::greater_equal<>()) != numbers.end()) {
    lines.fail(fmt::format("{} must ascend", what));
  }
}

}  // namespace

JumpTable read_jump_table(const std::filesystem::path& file) {
  constexpr double rounding = 1e-3;
  Lines lines(file);
  if (!lines.next()) {
    throw InputError(file.string() + ": is empty, expected a jump table");
  }
  JumpTable table;
  table.conductance = lines.next_numbers("the conductances");
  expect_ascending(lines, table.conductance, "the conductances");
  table.probability = lines.next_numbers("the points of the distribution");
  expect_ascending(lines, table.probability, "the points of the distribution");
  if (std::abs(table.probability.front()) > rounding || std::abs(table.probability.back() - 1.0) > rounding) {
    lines.fail(fmt::format("the points of the distribution go from {} to {}, expected 0 to 1",
                           table.probability.front(), table.probability.back()));
  }
  for (auto line = lines.next(); line; line = lines.next()) {
    if (line->find_first_not_of(" \t") == std::string::npos) {
      continue;
    }
    auto row = lines.numbers_of(*line, "the changes");
    if (row.size() != table.conductance.size()) {
      lines.fail(fmt::format("{}, expected one for each of {}", counted(row.size(), "change"),
                             counted(table.conductance.size(), "conductance")));
    }
    table.change.push_back(std::move(row));
  }
  if (table.change.size() != table.probability.size()) {
    lines.fail(fmt::format("the table has {} of changes, expected one for each of {} of the distribution",
                           counted(table.change.size(), "row"), counted(table.probability.size(), "point")));
  }
  return table;
}

double JumpTables::lowest() const {
  return std::min(increasing.conductance.front(), decreasing.conductance.front());
}

double JumpTables::highest() const {
  return std::max(increasing.conductance.back(), decreasing.conductance.back());
}

double mean_change(const JumpTable& table) {
  double sum = 0.0;
  for (std::size_t row = 1; row < table.change.size(); ++row) {
    const double weight = 0.5 * (table.probability[row] - table.probability[row - 1]);
    for (std::size_t column = 0; column < table.conductance.size(); ++column) {
      sum += weight * (table.change[row - 1][column] + table.change[row][column]);
    }
  }
  return sum / static_cast<double>(table.conductance.size());
}

void check_directions(const JumpTables& tables, const std::string& increasing_name,
                      const std::string& decreasing_name) {
  const double up = mean_change(tables.increasing);
  const double down = mean_change(tables.decreasing);
  const bool is_reversed = up < 0.0 && down > 0.0;
  const char* hint = is_reversed ? "; increasing and decreasing are exchanged" : "";
  if (!(up > 0.0)) {
    throw InputError(
        fmt::format("{}: its pulses change the conductance by {:.3g} S in the mean, expected an increase{}",
                    increasing_name, up, hint));
  }
  if (!(down < 0.0)) {
    throw InputError(fmt::format("{}: its pulses change the conductance by {:.3g} S in the mean, expected a decrease{}",
                                 decreasing_name, down, hint));
  }
}

}  // namespace spinsweep::analysis
