#include "study/axis_values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "study/read_keys.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

namespace {

double read_one(const toml::node& node, const Parameter& parameter) {
  if (parameter.is_choice()) {
    const std::string name = read_string(node, parameter.path);
    check_choice(node, parameter, parameter.path, name);
    return static_cast<double>(std::ranges::find(parameter.choices, name) - parameter.choices.begin());
  }
  const double value = read_number(node, parameter.path);
  check_number(node, parameter, parameter.path, value);
  return value;
}

AxisValues read_list(const toml::array& list, const Parameter& parameter) {
  AxisValues axis;
  std::vector<double>& values = axis.values;
  std::set<double> known;
  for (const auto& element : list) {
    const double value = read_one(element, parameter);
    if (!known.insert(value).second && axis.twin.empty()) {
      axis.twin =
          fmt::format("{}: {} has the value {} twice", place(element), parameter.path, value_text(parameter, value));
    }
    values.push_back(value);
  }
  if (values.empty()) {
    fail(list, parameter.path + " has no values, so the sweep has no cases");
  }
  return axis;
}

/// The decimal that one would write for a value of a range: the shortest one that differs from it by no more than the
/// rounding of its calculation. scale: of the ends of the range.
double as_written(double value, double scale) {
  const double rounding = 1e-15 * scale;
  if (std::abs(value) <= rounding) {
    return 0.0;
  }
  for (int digits = 1; digits < 16; ++digits) {
    const double decimal = std::stod(fmt::format("{:.{}e}", value, digits - 1));
    if (std::abs(decimal - value) <= rounding) {
      return decimal;
    }
  }
  return value;
}

std::vector<double> linear_steps(const toml::table& range, double from, double to, const std::string& path) {
  const toml::node& node = *range.get("step");
  const double step = read_number(node, path + ".step");
  if (step <= 0.0) {
    fail(node, fmt::format("the step of {} is {:g}, expected a positive number", path, step));
  }
  const double steps = std::floor((to - from) / step + 1e-9);
  if (steps >= static_cast<double>(most_cases)) {
    fail(node, fmt::format("{} has {:g} values, expected at most a million", path, steps + 1));
  }
  std::vector<double> values;
  for (int k = 0; k <= static_cast<int>(steps); ++k) {
    values.push_back(k == 0 ? from : as_written(from + k * step, std::max(std::abs(from), std::abs(to))));
  }
  if (std::abs(to - values.back()) < 1e-9 * step) {
    values.back() = to;
  }
  return values;
}

std::vector<double> values_by_count(const toml::table& range, const SampledRange& ends, const std::string& path) {
  const toml::node& node = *range.get("count");
  const auto count = read_integer(node, path + ".count", 1, static_cast<std::int64_t>(most_cases));
  if (count == 1 && ends.from != ends.to) {
    fail(node, fmt::format("{} has one value from {:g} to {:g}, expected a count of 2 at least, or from = to", path,
                           ends.from, ends.to));
  }
  std::vector<double> values;
  for (std::int64_t k = 0; k + 1 < count; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(count - 1);
    const double value =
        ends.logarithmic ? ends.from * std::pow(ends.to / ends.from, share) : ends.from + (ends.to - ends.from) * share;
    // Of a logarithmic range the values themselves are the scale.
    const double scale = ends.logarithmic ? value : std::max(std::abs(ends.from), std::abs(ends.to));
    values.push_back(k == 0 ? ends.from : as_written(value, scale));
  }
  // Exactly, whatever the others are rounded to: it may be the largest that the parameter can have.
  values.push_back(ends.to);
  return values;
}

SampledRange read_ends(const toml::table& range, const std::string& path) {
  SampledRange ends{read_number(*range.get("from"), path + ".from"), read_number(*range.get("to"), path + ".to"),
                    range.contains("log") && read_bool(*range.get("log"), path + ".log")};
  if (ends.from > ends.to) {
    fail(range, fmt::format("{} goes from {:g} to {:g}, expected from <= to", path, ends.from, ends.to));
  }
  if (ends.logarithmic && ends.from <= 0.0) {
    fail(range, path + " is logarithmic, so from and to must be positive");
  }
  return ends;
}

Bisection read_criterion(const toml::table& table, const std::string& path) {
  Bisection bisection;
  const toml::node* notch = table.get("reaches_notch");
  if (const toml::node* node = table.get("bisect")) {
    if (notch != nullptr) {
      fail(table, path + " has both bisect and reaches_notch, expected one of them");
    }
    bisection.criterion = read_string(*node, path + ".bisect");
    const std::vector<std::string> known = {"first_depinning", "reaches_notch"};
    if (std::find(known.begin(), known.end(), bisection.criterion) == known.end()) {
      fail(*node,
           fmt::format("{}.bisect is \"{}\", expected one of: {}", path, bisection.criterion, fmt::join(known, ", ")));
    }
    notch = table.get("notch");
  } else {
    bisection.criterion = "reaches_notch";
  }
  if (bisection.criterion == "reaches_notch") {
    if (notch == nullptr) {
      fail(table, path + " with bisect = \"reaches_notch\" needs notch, 1 for the first");
    }
    bisection.notch = static_cast<int>(read_integer(*notch, path + ".notch", 1, 10000));
  } else if (notch != nullptr) {
    fail(*notch, path + ".notch goes with bisect = \"reaches_notch\" only");
  }
  return bisection;
}

AxisValues read_bisection(const toml::table& table, const Parameter& parameter) {
  const std::string& path = parameter.path;
  const std::vector<std::string> known = {"bisect", "notch", "reaches_notch", "from", "to", "tolerance"};
  for (const auto& [key, value] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      fail_unknown(key, value, known);
    }
  }
  if (path != "pulse.current_density") {
    fail(table, path + " cannot be bisected, only pulse.current_density can");
  }
  Bisection bisection = read_criterion(table, path);
  for (const auto& [key, target] :
       {std::pair{"from", &bisection.from}, {"to", &bisection.to}, {"tolerance", &bisection.tolerance}}) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      fail(table, fmt::format("{} is bisected, so it needs from, to and tolerance; {} is missing", path, key));
    }
    *target = read_number(*node, fmt::format("{}.{}", path, key));
  }
  if (std::abs(bisection.from) >= std::abs(bisection.to) || bisection.from * bisection.to < 0.0) {
    fail(table, fmt::format("{} goes from {:g} to {:g}, expected from < to, or from > to if neither is positive", path,
                            bisection.from, bisection.to));
  }
  const toml::node& tolerance = *table.get("tolerance");
  if (bisection.tolerance <= 0.0 || bisection.tolerance < 1e-12 * std::abs(bisection.to - bisection.from)) {
    fail(tolerance, fmt::format("{}.tolerance is {:g}, expected a positive number that a few halvings reach", path,
                                bisection.tolerance));
  }
  AxisValues axis;
  axis.values.assign(case_count(bisection), std::numeric_limits<double>::quiet_NaN());
  axis.values[0] = bisection.from;
  axis.values[1] = bisection.to;
  axis.bisection = bisection;
  return axis;
}

AxisValues read_range(const toml::table& range, const Parameter& parameter, bool sweep_is_sampled) {
  const std::string& path = parameter.path;
  if (range.contains("bisect") || range.contains("reaches_notch")) {
    return read_bisection(range, parameter);
  }
  for (const auto& [key, value] : range) {
    const std::vector<std::string> known = {"from", "to", "step", "count", "log"};
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      fail_unknown(key, value, known);
    }
  }
  const bool has_ends = range.contains("from") && range.contains("to");
  const bool stepped = range.contains("step");
  const bool has_count = range.contains("count");
  if (!has_ends || (stepped && has_count) || (!stepped && !has_count && !sweep_is_sampled)) {
    fail(range, path + " needs from, to and either step or count" +
                    (has_ends && !stepped ? ", or the sweep needs sample = { method, count }" : ""));
  }
  const SampledRange ends = read_ends(range, path);
  AxisValues axis;
  if (stepped) {
    if (ends.logarithmic) {
      fail(range, path + " is logarithmic, so it needs count, not step");
    }
    axis.values = linear_steps(range, ends.from, ends.to, path);
  } else if (has_count) {
    axis.values = values_by_count(range, ends, path);
  } else {
    axis.sampled = ends;
    axis.values = {ends.from, ends.to};
  }
  if (const auto twin = std::adjacent_find(axis.values.begin(), axis.values.end());
      twin != axis.values.end() && !axis.sampled) {
    fail(*range.get(stepped ? "step" : "count"), fmt::format("{} has the value {:g} twice", path, *twin));
  }
  for (const double value : axis.values) {
    check_number(range, parameter, parameter.path, value);
  }
  return axis;
}

}  // namespace

AxisValues read_axis_values(const toml::node& node, const Parameter& parameter, bool sweep_is_sampled) {
  if (const auto* list = node.as_array()) {
    return read_list(*list, parameter);
  }
  if (node.is_number() || (node.is_string() && parameter.is_choice())) {
    return {.values = {read_one(node, parameter)}, .sampled = {}, .bisection = {}, .twin = {}};
  }
  if (parameter.is_choice()) {
    fail(node, fmt::format("{} must be a list of some of: {}", parameter.path, fmt::join(parameter.choices, ", ")));
  }
  if (!node.is_table()) {
    fail(node, parameter.path + " must be a list of numbers or { from, to, step } or { from, to, count }");
  }
  return read_range(*node.as_table(), parameter, sweep_is_sampled);
}

}  // namespace spinsweep::study
