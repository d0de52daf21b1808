#include "network/measured_devices.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <sstream>

#include "base/error.hpp"
#include "base/not_a_number.hpp"
#include "base/printable.hpp"
#include "base/words.hpp"

namespace spinsweep::network {

namespace {

constexpr std::array<const char*, 3> column_names = {"level", "device", "conductance"};

/// The fields of a line (RFC 4180): commas between them, or within double quotes, where two quotes stand for one.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  for (std::size_t k = 0; k < line.size(); ++k) {
    const char c = line[k];
    if (c == '"' && is_quoted && k + 1 < line.size() && line[k + 1] == '"') {
      fields.back() += line[++k];
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  std::ranges::transform(fields, fields.begin(), [](const std::string& field) { return std::string(trimmed(field)); });
  return fields;
}

struct Mean {
  double sum = 0.0;
  int count = 0;
};

/// Measurements by level and device.
using Measurements = std::map<double, std::map<std::string, Mean>>;

class MeasurementReader {
 public:
  MeasurementReader(const std::string& text, const std::string& name) : stream_(text), name_(printable(name)) {}

  Measurements read(double unit) {
    read_header();
    Measurements found;
    while (next_line()) {
      if (trimmed(line_).empty()) {
        continue;
      }
      const auto fields = fields_of(line_);
      if (fields.size() != column_count_) {
        fail(fmt::format("has {}, expected {} as in the first line", counted(fields.size(), "field"), column_count_));
      }
      const double level = number_of(fields, 0);
      const double conductance = number_of(fields, 2) * unit;
      if (!(conductance > 0.0) || !std::isfinite(conductance)) {
        fail(fmt::format("the conductance is {:g} S, expected a positive number", conductance));
      }
      Mean& mean = found[level][fields[columns_[1]]];
      mean.sum += conductance;
      ++mean.count;
    }
    return found;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(fmt::format("{}:{}: {}", name_, number_, message));
  }

  bool next_line() {
    ++number_;
    return static_cast<bool>(std::getline(stream_, line_));
  }

  void read_header() {
    if (!next_line()) {
      throw InputError(
          fmt::format("{}: the file is empty, expected the columns {}", name_, fmt::join(column_names, ", ")));
    }
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    const auto names = fields_of(line_.starts_with(byte_order_mark) ? line_.substr(byte_order_mark.size()) : line_);
    column_count_ = names.size();
    for (std::size_t k = 0; k < column_names.size(); ++k) {
      const auto found = std::ranges::find(names, column_names[k]);
      if (found == names.end()) {
        fail(fmt::format("there is no column {}, expected {}", column_names[k], fmt::join(column_names, ", ")));
      }
      columns_[k] = static_cast<std::size_t>(found - names.begin());
    }
  }

  /// column: of column_names.
  [[nodiscard]] double number_of(const std::vector<std::string>& fields, std::size_t column) const {
    const std::string& text = fields[columns_[column]];
    const auto number = number_in(text);
    if (!number || !std::isfinite(*number)) {
      fail(fmt::format("the {} is \"{}\", expected a number", column_names[column], printable(text)));
    }
    return *number;
  }

  std::istringstream stream_;
  std::string name_;
  std::string line_;
  int number_ = 0;
  std::size_t column_count_ = 0;
  std::array<std::size_t, column_names.size()> columns_{};
};

std::vector<double> numbers_among(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  return values;
}

double mean_of(const std::vector<double>& conductances) {
  const auto values = numbers_among(conductances);
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Share of the devices of a level whose conductance is on the wrong side of `middle`.
double share_beyond(const std::vector<double>& conductances, double middle, bool is_lower_level) {
  const auto values = numbers_among(conductances);
  const auto wrong =
      std::ranges::count_if(values, [&](double value) { return is_lower_level ? value > middle : value < middle; });
  return static_cast<double>(wrong) / static_cast<double>(values.size());
}

}  // namespace

std::vector<double> MeasuredDevices::known(std::size_t level) const {
  return numbers_among(conductances[level]);
}

std::vector<double> MeasuredDevices::deviations() const {
  std::vector<double> list;
  for (std::size_t level = 0; level < means.size(); ++level) {
    double sum = 0.0;
    const auto values = known(level);
    for (const double value : values) {
      sum += (value - means[level]) * (value - means[level]);
    }
    list.push_back(values.size() > 1 ? std::sqrt(sum / static_cast<double>(values.size() - 1)) : 0.0);
  }
  return list;
}

double MeasuredDevices::misread_fraction() const {
  std::size_t wrong = 0;
  std::size_t count = 0;
  for (std::size_t level = 0; level < means.size(); ++level) {
    for (const double value : known(level)) {
      const auto nearest = std::ranges::min_element(means, {}, [&](double mean) { return std::abs(mean - value); });
      wrong += static_cast<std::size_t>(nearest - means.begin()) != level ? 1 : 0;
      ++count;
    }
  }
  return static_cast<double>(wrong) / static_cast<double>(count);
}

MeasuredDevices parse_measured_devices(const std::string& text, const std::string& name, double unit) {
  const Measurements found = MeasurementReader(text, name).read(unit);
  if (found.size() < 2) {
    throw InputError(fmt::format("{}: there is {} level, expected at least two", printable(name),
                                 found.empty() ? "no" : "only one"));
  }
  std::map<std::string, std::size_t> devices;
  for (const auto& [level, of_level] : found) {
    for (const auto& [device, mean] : of_level) {
      devices.try_emplace(device, 0);
    }
  }
  std::size_t count = 0;
  for (auto& [device, place] : devices) {
    place = count++;
  }
  struct Level {
    double label;
    double mean;
    std::vector<double> conductances;
  };
  std::vector<Level> levels;
  for (const auto& [label, of_level] : found) {
    std::vector<double> conductances(devices.size(), not_a_number);
    for (const auto& [device, mean] : of_level) {
      conductances[devices[device]] = mean.sum / mean.count;
    }
    levels.push_back({label, mean_of(conductances), std::move(conductances)});
  }
  std::ranges::stable_sort(levels, {}, &Level::mean);
  for (std::size_t k = 0; k + 1 < levels.size(); ++k) {
    const Level& lower = levels[k];
    const Level& upper = levels[k + 1];
    const double middle = 0.5 * (lower.mean + upper.mean);
    if (!(lower.mean < upper.mean) ||
        share_beyond(lower.conductances, middle, true) + share_beyond(upper.conductances, middle, false) >= 1.0) {
      throw InputError(fmt::format(
          "{}: the levels {:g} and {:g} overlap entirely: no conductance between their means of {:g} and {:g} S tells "
          "them apart",
          printable(name), lower.label, upper.label, lower.mean, upper.mean));
    }
  }
  MeasuredDevices measured;
  for (Level& level : levels) {
    measured.means.push_back(level.mean);
    measured.conductances.push_back(std::move(level.conductances));
  }
  return measured;
}

}  // namespace spinsweep::network
