#include "sweep/axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "sweep/check_case.hpp"
#include "sweep/parameter.hpp"
#include "sweep/toml_reader.hpp"

namespace spinsweep::sweep {

namespace {

constexpr std::size_t most_cases = 1'000'000;

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
    values.push_back(from + k * step);
  }
  return values;
}

std::vector<double> counted(const toml::table& range, double from, double to, const std::string& path) {
  const auto count = read_integer(*range.get("count"), path + ".count", 1, static_cast<std::int64_t>(most_cases));
  const bool logarithmic = range.contains("log") && read_bool(*range.get("log"), path + ".log");
  if (logarithmic && (from <= 0.0 || to <= 0.0)) {
    fail(range, path + " is logarithmic, so from and to must be positive");
  }
  std::vector<double> values;
  for (std::int64_t k = 0; k < count; ++k) {
    const double share = count == 1 ? 0.0 : static_cast<double>(k) / static_cast<double>(count - 1);
    values.push_back(logarithmic ? from * std::pow(to / from, share) : from + (to - from) * share);
  }
  return values;
}

std::vector<double> read_values(const toml::node& node, const std::string& path) {
  std::vector<double> values;
  if (const auto* list = node.as_array()) {
    for (const auto& element : *list) {
      values.push_back(read_number(element, path));
      if (std::count(values.begin(), values.end(), values.back()) > 1) {
        fail(element, fmt::format("{} has the value {:g} twice", path, values.back()));
      }
    }
    if (values.empty()) {
      fail(node, path + " has no values, so the sweep has no cases");
    }
    return values;
  }
  if (node.is_number()) {
    return {read_number(node, path)};
  }
  if (!node.is_table()) {
    fail(node, path + " must be a list of numbers or { from, to, step } or { from, to, count }");
  }
  const toml::table& range = *node.as_table();
  for (const auto& [key, value] : range) {
    if (key == "bisect") {
      fail(value, "a bisected axis is not available; expected a list, { from, to, step } or { from, to, count }");
    }
    const std::vector<std::string> known = {"from", "to", "step", "count", "log"};
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      fail_unknown(value, std::string(key.str()), known);
    }
  }
  if (!range.contains("from") || !range.contains("to") || range.contains("step") == range.contains("count")) {
    fail(node, path + " needs from, to and either step or count");
  }
  const double from = read_number(*range.get("from"), path + ".from");
  const double to = read_number(*range.get("to"), path + ".to");
  if (from > to) {
    fail(node, fmt::format("{} goes from {:g} to {:g}, expected from <= to", path, from, to));
  }
  return range.contains("step") ? linear_steps(range, from, to, path) : counted(range, from, to, path);
}

struct PlacedAxis {
  Axis axis;
  toml::source_position position;
};

std::vector<std::string> known_axes(device::Kind kind) {
  std::vector<std::string> list = {"zip"};
  for (const auto& parameter : parameters()) {
    if (find_parameter(kind, parameter.path) != nullptr) {
      list.push_back(parameter.path);
    }
  }
  return list;
}

void check_range(const toml::node& node, const Parameter& parameter, double value) {
  if (parameter.integer && value != std::round(value)) {
    fail(node, fmt::format("{} is {:g}, expected a whole number", parameter.path, value));
  }
  if (value < parameter.lowest || value > parameter.highest) {
    fail(node, fmt::format("{} is {:g}, out of its range", parameter.path, value));
  }
}

/// Groups of axes that run together; each axis is in exactly one.
std::vector<std::vector<std::size_t>> tied_axes(const toml::node* zip, const std::vector<Axis>& axes) {
  std::vector<std::vector<std::size_t>> groups(axes.size());
  for (std::size_t k = 0; k < axes.size(); ++k) {
    groups[k] = {k};
  }
  if (zip != nullptr) {
    if (!zip->is_array()) {
      fail(*zip, "zip must be a list of lists of axes");
    }
    std::set<std::size_t> tied;
    for (const auto& list : *zip->as_array()) {
      std::vector<std::size_t> group;
      for (const auto& path : read_strings(list, "zip")) {
        const auto axis = std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.path == path; });
        if (axis == axes.end()) {
          fail(list, fmt::format("zip names {}, which is not an axis of this sweep", path));
        }
        const auto index = static_cast<std::size_t>(axis - axes.begin());
        if (!tied.insert(index).second) {
          fail(list, fmt::format("zip names {} twice", path));
        }
        if (!group.empty() && axes[group.front()].values.size() != axis->values.size()) {
          fail(list, fmt::format("zip ties {} with {} values to {} with {}", axes[group.front()].path,
                                 axes[group.front()].values.size(), path, axis->values.size()));
        }
        group.push_back(index);
        groups[index].clear();
      }
      if (!group.empty()) {
        groups[group.front()] = group;
      }
    }
  }
  std::erase_if(groups, [](const auto& group) { return group.empty(); });
  return groups;
}

}  // namespace

DevicePlan expand(const toml::table* sweep, const device::DeviceParameters& base, Places places,
                  const std::string& section_place) {
  std::vector<PlacedAxis> placed;
  const toml::node* zip = nullptr;
  static const toml::table no_axes;
  for (const auto& [key, node] : sweep != nullptr ? *sweep : no_axes) {
    const std::string path(key.str());
    if (path == "zip") {
      zip = &node;
      continue;
    }
    if (path == "sample") {
      fail(node, "sampled sweeps are not available; expected axes");
    }
    const Parameter* parameter = find_parameter(base.kind, path);
    if (parameter == nullptr) {
      fail_unknown(node, path, known_axes(base.kind));
    }
    PlacedAxis axis{{path, read_values(node, path)}, node.source().begin};
    for (std::size_t k = 0; k < axis.axis.values.size(); ++k) {
      const auto* list = node.as_array();
      check_range(list != nullptr ? *list->get(k) : node, *parameter, axis.axis.values[k]);
    }
    places[path] = place(node);
    placed.push_back(std::move(axis));
  }
  std::sort(placed.begin(), placed.end(), [](const PlacedAxis& a, const PlacedAxis& b) {
    return std::pair(a.position.line, a.position.column) < std::pair(b.position.line, b.position.column);
  });
  DevicePlan plan;
  for (auto& axis : placed) {
    plan.axes.push_back(std::move(axis.axis));
  }
  const auto groups = tied_axes(zip, plan.axes);
  std::size_t total = 1;
  for (const auto& group : groups) {
    total *= plan.axes[group.front()].values.size();
    if (total > most_cases) {
      throw InputError(section_place + ": the sweep has more than a million cases");
    }
  }
  for (std::size_t index = 0; index < total; ++index) {
    device::DeviceParameters parameters = base;
    std::size_t rest = index;
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
      const std::size_t size = plan.axes[group->front()].values.size();
      for (const std::size_t axis : *group) {
        find_parameter(base.kind, plan.axes[axis].path)->set(parameters, plan.axes[axis].values[rest % size]);
      }
      rest /= size;
    }
    if (const auto problem = find_problem(parameters)) {
      const auto culprit = std::find_if(problem->paths.begin(), problem->paths.end(),
                                        [&](const std::string& path) { return places.contains(path); });
      throw InputError((culprit == problem->paths.end() ? section_place : places[*culprit]) + ": " + problem->message);
    }
    plan.cases.push_back(parameters);
  }
  return plan;
}

}  // namespace spinsweep::sweep
