#include "study/axes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "base/words.hpp"
#include "study/axis_values.hpp"
#include "study/check_case.hpp"
#include "study/parameter.hpp"
#include "study/resolved_text.hpp"
#include "study/sampling.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

namespace {

struct PlacedAxis {
  std::string path;
  AxisValues values;
  toml::source_position position;
};

std::vector<std::string> known_axes(const device::Kind& kind) {
  std::vector<std::string> list = {"zip", "sample"};
  for (const auto& key : device_keys()) {
    if (find_parameter(kind, key.path) != nullptr) {
      list.push_back(key.path);
    }
  }
  return list;
}

std::optional<Sampling> read_sampling(const toml::table& sweep) {
  const toml::node* node = sweep.get("sample");
  if (node == nullptr) {
    return {};
  }
  const toml::table& table = read_table(*node, "sample");
  for (const auto& [key, value] : table) {
    if (key != "method" && key != "count") {
      fail_unknown(key, value, {"method", "count"});
    }
  }
  if (!table.contains("method") || !table.contains("count")) {
    fail(*node, "sample needs method and count");
  }
  Sampling sampling;
  sampling.method = read_string(*table.get("method"), "sample.method");
  const auto& methods = sampling_methods();
  if (std::find(methods.begin(), methods.end(), sampling.method) == methods.end()) {
    fail(*table.get("method"),
         fmt::format("sample.method is \"{}\", expected one of: {}", sampling.method, fmt::join(methods, ", ")));
  }
  sampling.count = static_cast<std::size_t>(
      read_integer(*table.get("count"), "sample.count", 1, static_cast<std::int64_t>(most_cases)));
  return sampling;
}

/// The axes in the order in which they are written.
std::vector<PlacedAxis> read_axes(const toml::table& sweep, const device::Kind& kind, bool sampled, Places& places) {
  std::vector<PlacedAxis> axes;
  for (const auto& [key, node] : sweep) {
    const std::string path(key.str());
    if (path == "zip" || path == "sample") {
      continue;
    }
    const Parameter* parameter = find_parameter(kind, path);
    if (parameter == nullptr) {
      const auto& all = device_keys();
      const auto known = std::ranges::find(all, path, &Parameter::path);
      if (known != all.end() && kind.has_keys_for(known->only_for)) {
        fail(node,
             fmt::format("{} cannot be swept{}", path, known->is_numeric() ? "" : ", only numbers and choices can"));
      }
      fail_unknown(key, node, known_axes(kind));
    }
    axes.push_back({path, read_axis_values(node, *parameter, sampled), node.source().begin});
    places[path] = place(node);
  }
  std::sort(axes.begin(), axes.end(), [](const PlacedAxis& a, const PlacedAxis& b) {
    return std::pair(a.position.line, a.position.column) < std::pair(b.position.line, b.position.column);
  });
  return axes;
}

double in_range(const SampledRange& range, bool integer, double share) {
  if (integer) {
    return range.from + std::floor(share * (range.to - range.from + 1.0));
  }
  return range.logarithmic ? range.from * std::pow(range.to / range.from, share)
                           : range.from + (range.to - range.from) * share;
}

/// Gives the sampled axes their values. Returns which they are.
std::vector<std::size_t> draw(std::vector<PlacedAxis>& axes, const Sampling& sampling, const device::Kind& kind,
                              const toml::node& node) {
  std::vector<std::size_t> sampled;
  for (std::size_t k = 0; k < axes.size(); ++k) {
    if (axes[k].values.sampled) {
      sampled.push_back(k);
    }
  }
  if (sampled.empty()) {
    fail(node, "sample has no axis to draw; expected at least one axis { from, to } without step and count");
  }
  const std::size_t factor = sampling.method == "saltelli" ? sampled.size() + 2 : 1;
  if (sampling.count * factor > most_cases) {
    fail(node, fmt::format("sample draws {} points, expected at most a million", sampling.count * factor));
  }
  const auto points = sample_unit_cube(sampling, sampled.size());
  for (std::size_t k = 0; k < sampled.size(); ++k) {
    PlacedAxis& axis = axes[sampled[k]];
    const bool integer = find_parameter(kind, axis.path)->type == keys::Type::integer;
    axis.values.values.clear();
    for (const auto& point : points) {
      axis.values.values.push_back(in_range(*axis.values.sampled, integer, point[k]));
    }
  }
  return sampled;
}

/// Groups of axes that run together; each axis is in exactly one. Sampled axes are one group.
std::vector<std::vector<std::size_t>> tied_axes(const toml::node* zip, const std::vector<std::size_t>& sampled,
                                                const std::vector<PlacedAxis>& axes) {
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
        const auto axis = std::find_if(axes.begin(), axes.end(), [&](const PlacedAxis& a) { return a.path == path; });
        if (axis == axes.end()) {
          fail(list, fmt::format("zip names {}, which is not an axis of this sweep", path));
        }
        if (axis->values.sampled || axis->values.bisection) {
          fail(list, fmt::format("zip names {}, which is {}", path, axis->values.sampled ? "sampled" : "bisected"));
        }
        const auto index = static_cast<std::size_t>(axis - axes.begin());
        if (!tied.insert(index).second) {
          fail(list, fmt::format("zip names {} twice", path));
        }
        if (!group.empty() && axes[group.front()].values.values.size() != axis->values.values.size()) {
          fail(list, fmt::format("zip ties {} with {} to {} with {}", axes[group.front()].path,
                                 counted(axes[group.front()].values.values.size(), "value"), path,
                                 axis->values.values.size()));
        }
        group.push_back(index);
        groups[index].clear();
      }
      if (!group.empty()) {
        groups[group.front()] = group;
      }
    }
  }
  for (const std::size_t axis : sampled) {
    groups[axis].clear();
  }
  if (!sampled.empty()) {
    groups[sampled.front()] = sampled;
  }
  std::erase_if(groups, [](const auto& group) { return group.empty(); });
  return groups;
}

/// A value may stand twice in an axis that is zipped, but not two cases that are the same.
void refuse_twins(const std::vector<PlacedAxis>& axes, const std::vector<std::vector<std::size_t>>& groups,
                  const toml::table& sweep, const device::Kind& kind) {
  for (const auto& group : groups) {
    const AxisValues& first = axes[group.front()].values;
    if (first.sampled) {
      continue;
    }
    if (group.size() == 1) {
      if (!first.twin.empty()) {
        throw InputError(first.twin);
      }
      continue;
    }
    std::set<std::vector<double>> known;
    for (std::size_t k = 0; k < first.values.size(); ++k) {
      std::vector<double> tuple;
      std::vector<std::string> words;
      for (const std::size_t axis : group) {
        tuple.push_back(axes[axis].values.values[k]);
        words.push_back(
            fmt::format("{} = {}", axes[axis].path, value_text(*find_parameter(kind, axes[axis].path), tuple.back())));
      }
      if (!known.insert(tuple).second) {
        fail(*sweep.get("zip"), fmt::format("the zipped axes have the values {} twice", fmt::join(words, ", ")));
      }
    }
  }
}

std::string describe_bisection(const Bisection& bisection) {
  const std::string notch = bisection.notch > 0 ? fmt::format(", notch = {}", bisection.notch) : "";
  return fmt::format("{{ bisect = {}{}, from = {}, to = {}, tolerance = {} }}\n", toml_text(bisection.criterion), notch,
                     toml_number(bisection.from), toml_number(bisection.to), toml_number(bisection.tolerance));
}

/// The sweep section of the resolved sweep file.
std::string describe_sweep(const std::vector<PlacedAxis>& axes, const std::vector<std::vector<std::size_t>>& groups,
                           const std::optional<Sampling>& sampling, const device::Kind& kind) {
  std::string text;
  for (const auto& axis : axes) {
    text += fmt::format("{} = ", toml_text(axis.path));
    if (const auto& range = axis.values.sampled) {
      text += fmt::format("{{ from = {}, to = {}, log = {} }}\n", toml_number(range->from), toml_number(range->to),
                          range->logarithmic);
    } else if (const auto& bisection = axis.values.bisection) {
      text += describe_bisection(*bisection);
    } else {
      text += toml_list(*find_parameter(kind, axis.path), axis.values.values) + "\n";
    }
  }
  std::vector<std::string> ties;
  for (const auto& group : groups) {
    if (group.size() > 1 && !axes[group.front()].values.sampled) {
      std::vector<std::string> paths;
      std::transform(group.begin(), group.end(), std::back_inserter(paths),
                     [&](std::size_t axis) { return toml_text(axes[axis].path); });
      ties.push_back(fmt::format("[{}]", fmt::join(paths, ", ")));
    }
  }
  if (!ties.empty()) {
    text += fmt::format("zip = [{}]\n", fmt::join(ties, ", "));
  }
  if (sampling) {
    text += fmt::format("sample = {{ method = {}, count = {} }}\n", toml_text(sampling->method), sampling->count);
  }
  return text;
}

/// The realisations of every case, as the axis that runs fastest.
void add_realizations(const device::DeviceParameters& base, Places& places, std::vector<PlacedAxis>& axes,
                      std::vector<std::vector<std::size_t>>& groups) {
  if (base.thermal.realizations == 1) {
    return;
  }
  const auto refuse = [&](const std::string& reason) {
    throw InputError(fmt::format("{}: {}", places["thermal.realizations"], reason));
  };
  const auto axis_of = [&](const char* path) { return std::ranges::find(axes, path, &PlacedAxis::path); };
  if (axis_of("thermal.realization") != axes.end() || base.thermal.realization != 0) {
    refuse("thermal.realizations makes the realisations, so thermal.realization must not be given");
  }
  if (std::ranges::any_of(axes, [](const PlacedAxis& axis) { return axis.values.bisection.has_value(); })) {
    refuse("a bisection follows one realisation of the noise; expected thermal.realizations = 1");
  }
  if (base.material.temperature == 0.0 && axis_of("material.temperature") == axes.end()) {
    refuse("without temperature all realisations are equal; expected material.temperature above 0");
  }
  if (static_cast<std::size_t>(base.thermal.realizations) > most_cases) {
    refuse("there are more than a million realisations");
  }
  PlacedAxis& axis = axes.emplace_back(PlacedAxis{.path = "thermal.realization", .values = {}, .position = {}});
  for (int k = 0; k < base.thermal.realizations; ++k) {
    axis.values.values.push_back(k);
  }
  groups.push_back({axes.size() - 1});
}

}  // namespace

DevicePlan expand(const toml::table* sweep, const device::DeviceParameters& base, Places places,
                  const std::string& section_place) {
  static const toml::table no_axes;
  const toml::table& table = sweep != nullptr ? *sweep : no_axes;
  const auto sampling = read_sampling(table);
  auto axes = read_axes(table, *base.kind, sampling.has_value(), places);
  const auto sampled = sampling ? draw(axes, *sampling, *base.kind, *table.get("sample")) : std::vector<std::size_t>{};
  auto groups = tied_axes(table.get("zip"), sampled, axes);
  refuse_twins(axes, groups, table, *base.kind);
  const std::string sweep_text = describe_sweep(axes, groups, sampling, *base.kind);
  add_realizations(base, places, axes, groups);
  DevicePlan plan{.base = base,
                  .axes = {},
                  .cases = {},
                  .sweep_text = sweep_text,
                  .sampling = sampling.value_or(Sampling{}),
                  .sampled_axes = {},
                  .bisection = {}};
  for (const std::size_t axis : sampled) {
    plan.sampled_axes.push_back(axes[axis].path);
  }
  for (auto& axis : axes) {
    if (axis.values.bisection) {
      if (base.kind->derives == device::Derived::activation) {
        throw InputError(fmt::format("{}: a {}'s {} cannot be bisected: the activation is fitted over its values",
                                     places[axis.path], base.kind->name, axis.path));
      }
      plan.bisection = *axis.values.bisection;
    }
    plan.axes.push_back({axis.path, std::move(axis.values.values)});
  }
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
        find_parameter(*base.kind, plan.axes[axis].path)->set(parameters, plan.axes[axis].values[rest % size]);
      }
      rest /= size;
    }
    if (plan.bisection.exists() &&
        !decisive_points(plan.bisection, parameters, device::initial_wall_position(parameters))) {
      throw InputError(fmt::format("{}: pulse.current_density is bisected at a notch, but a case has no notch{}",
                                   places["pulse.current_density"],
                                   plan.bisection.notch > 0 ? fmt::format(" {}", plan.bisection.notch) : ""));
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

}  // namespace spinsweep::study
