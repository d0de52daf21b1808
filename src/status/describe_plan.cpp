#include "status/describe_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "base/duration.hpp"
#include "base/words.hpp"
#include "base/wrapped_text.hpp"
#include "device/heating.hpp"
#include "layout/later_stages.hpp"
#include "layout/results_schema.hpp"
#include "network/idx.hpp"
#include "status/describe_files.hpp"
#include "status/study_estimate.hpp"
#include "study/estimate.hpp"
#include "study/network_devices.hpp"
#include "study/parameter.hpp"

namespace spinsweep::status {

namespace {

/// "a", "a and b", "a, b and c".
std::string enumerated(const std::vector<std::string>& parts) {
  std::string text = parts.front();
  for (std::size_t k = 1; k < parts.size(); ++k) {
    text += (k + 1 == parts.size() ? " and " : ", ") + parts[k];
  }
  return text;
}

/// Where the lines of a plan end.
constexpr std::size_t line_width = 80;

/// One column of the table of cases.
struct Column {
  std::vector<std::string> head;  ///< lines
  std::string unit;
  std::vector<std::string> texts;  ///< of each case
};

/// The last word of the path where that says which parameter it is, else the whole path.
std::string short_name(const study::DevicePlan& plan, const std::string& path) {
  const std::string word = path.substr(path.rfind('.') + 1);
  const auto sharing = std::count_if(plan.axes.begin(), plan.axes.end(),
                                     [&](const study::Axis& axis) { return ("." + axis.path).ends_with("." + word); });
  return sharing > 1 ? path : word;
}

/// Most cases that are listed one by one unless all are asked for, and how many from either end are otherwise.
constexpr std::size_t most_listed = 50;
constexpr std::size_t listed_at_each_end = 10;

std::vector<std::size_t> listed_cases(const study::DevicePlan& plan, ListedCases listed) {
  std::vector<std::size_t> cases;
  const std::size_t count = plan.cases.size();
  for (std::size_t k = 0; k < count; ++k) {
    if (listed == ListedCases::all || count <= most_listed || k < listed_at_each_end ||
        k + listed_at_each_end >= count) {
      cases.push_back(k);
    }
  }
  return cases;
}

std::vector<Column> case_columns(const study::DevicePlan& plan, const std::vector<std::size_t>& cases) {
  std::vector<Column> columns = {{{"case"}, "", {}}};
  for (const auto& axis : plan.axes) {
    const study::Parameter* parameter = study::find_parameter(*plan.base.kind, axis.path);
    Column column = {{short_name(plan, axis.path)}, parameter->unit == "1" ? "" : parameter->unit, {}};
    for (const std::size_t k : cases) {
      const double value = parameter->get(plan.cases[k]);
      column.texts.push_back(std::isnan(value) ? "bisected" : study::value_text(*parameter, value));
    }
    columns.push_back(std::move(column));
  }
  columns.push_back({{"time"}, "one core", {}});
  for (const std::size_t k : cases) {
    columns.front().texts.push_back(fmt::format("{}", k));
    columns.back().texts.push_back(duration(study::estimated_seconds(plan, k)));
  }
  return columns;
}

/// "  material.dmi: 100 values from 0.001 to 0.002 J m-2", one line for each axis.
std::string describe_axes(const study::DevicePlan& plan) {
  std::string text;
  for (const auto& axis : plan.axes) {
    const study::Parameter& parameter = *study::find_parameter(*plan.base.kind, axis.path);
    if (parameter.is_choice()) {
      text += fmt::format("  {}: {}\n", axis.path, counted(axis.values.size(), "value"));
      continue;
    }
    const std::string& unit = parameter.unit;
    const auto count = static_cast<std::size_t>(
        std::count_if(axis.values.begin(), axis.values.end(), [](double value) { return !std::isnan(value); }));
    const bool is_bisected = count < axis.values.size();
    const auto [least, most] = std::minmax_element(axis.values.begin(), axis.values.begin() + std::ptrdiff_t(count));
    text += fmt::format("  {}: {} from {:g} to {:g}{}{}\n", axis.path,
                        is_bisected ? "bisected" : counted(axis.values.size(), "value"), *least, *most,
                        unit == "1" ? "" : " ", unit == "1" ? "" : unit);
  }
  return text;
}

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t width = 0;
  for (const std::string& text : texts) {
    width = std::max(width, text.size());
  }
  return width;
}

/// With the blanks before it.
std::size_t width_of(const Column& column) {
  return 2 + std::max({widest(column.head), column.unit.size(), widest(column.texts)});
}

/// A column whose head breaks after underscores and dots where it is wider than what is below it.
Column narrowed(Column column) {
  const std::string name = column.head.front();
  const std::size_t width = std::max(column.unit.size(), widest(column.texts));
  column.head = {""};
  for (std::size_t begin = 0, end = 0; begin < name.size(); begin = end) {
    end = std::min(name.find_first_of("_.", begin), name.size() - 1) + 1;
    if (!column.head.back().empty() && column.head.back().size() + end - begin > width) {
      column.head.emplace_back();
    }
    column.head.back() += name.substr(begin, end - begin);
  }
  return column;
}

/// `gap`: the row before which a line states that `left_out` cases are not listed.
std::string block(const std::vector<Column>& columns, std::size_t gap, std::size_t left_out) {
  std::vector<std::size_t> widths;
  std::size_t head_lines = 0;
  bool has_units = false;
  for (const Column& column : columns) {
    widths.push_back(width_of(column));
    head_lines = std::max(head_lines, column.head.size());
    has_units = has_units || !column.unit.empty();
  }
  std::string text;
  const auto add_line = [&](auto&& text_of) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      text += fmt::format("{:>{}}", text_of(columns[k]), widths[k]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  };
  for (std::size_t left = head_lines; left > 0; --left) {
    add_line([left](const Column& c) { return left > c.head.size() ? "" : c.head[c.head.size() - left]; });
  }
  if (has_units) {
    add_line([](const Column& column) { return column.unit; });
  }
  for (std::size_t row = 0; row < columns.front().texts.size(); ++row) {
    if (left_out > 0 && row == gap) {
      text += fmt::format("  ... {} more, listed by --all\n", counted(left_out, "case"));
    }
    add_line([row](const Column& column) { return column.texts[row]; });
  }
  return text;
}

/// Of columns that are too wide for a line together, heads are broken; if they still are, as many as fit stand side by
/// side and the others in blocks below, each of which begins with the first column.
std::string table(std::vector<Column> columns, std::size_t gap, std::size_t left_out) {
  const auto total = [](const std::vector<Column>& side_by_side) {
    return std::accumulate(side_by_side.begin(), side_by_side.end(), std::size_t{0},
                           [](std::size_t sum, const Column& column) { return sum + width_of(column); });
  };
  if (total(columns) > line_width) {
    std::ranges::transform(columns, columns.begin(), narrowed);
  }
  std::string text;
  std::vector<Column> side_by_side = {columns.front()};
  for (std::size_t k = 1; k < columns.size(); ++k) {
    if (side_by_side.size() > 1 && total(side_by_side) + width_of(columns[k]) > line_width) {
      text += block(side_by_side, gap, left_out) + '\n';
      side_by_side.resize(1);
    }
    side_by_side.push_back(columns[k]);
  }
  return text + block(side_by_side, gap, left_out);
}

/// "  heat: the film warms by 23 to 142 K (188 K if infinitely wide)", of the cases whose
/// current density is known.
std::string describe_heat(const study::DevicePlan& plan) {
  if (plan.base.kind->derives != device::Derived::levels) {
    return "";
  }
  device::TemperatureRise least{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  device::TemperatureRise most;
  for (const auto& p : plan.cases) {
    const device::TemperatureRise rise = device::largest_rise(p);
    least.strip = std::fmin(least.strip, rise.strip);
    most = {std::fmax(most.half_space, rise.half_space), std::fmax(most.strip, rise.strip)};
  }
  if (!(most.strip >= 1.0)) {
    return "";
  }
  const std::string range = most.strip - least.strip < 1.0 ? fmt::format("{:.0f}", most.strip)
                                                           : fmt::format("{:.0f} to {:.0f}", least.strip, most.strip);
  return fmt::format("  heat: the film warms by {} K ({:.0f} K if infinitely wide)\n", range, most.half_space);
}

std::string describe_device(const study::DevicePlan& plan, ListedCases listed) {
  const auto cases = listed_cases(plan, listed);
  const std::size_t left_out = plan.cases.size() - cases.size();
  return fmt::format("\n{}: {}, {}\n{}{}", plan.base.kind->name, counted(plan.cases.size(), "case"),
                     counted(variants(plan).size(), "variant"), left_out > 0 ? describe_axes(plan) : "",
                     table(case_columns(plan, cases), listed_at_each_end, left_out)) +
         describe_files(plan) + describe_heat(plan);
}

nlohmann::json to_object(const study::DevicePlan& plan) {
  nlohmann::json cases = nlohmann::json::array();
  double seconds = 0.0;
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    nlohmann::json parameters = nlohmann::json::object();
    for (const auto& axis : plan.axes) {
      const study::Parameter& parameter = *study::find_parameter(*plan.base.kind, axis.path);
      const double value = parameter.get(plan.cases[k]);
      parameters[axis.path] =
          parameter.is_choice() ? nlohmann::json(study::value_text(parameter, value)) : nlohmann::json(value);
    }
    cases.push_back({{"index", k}, {"parameters", parameters}, {"seconds", study::estimated_seconds(plan, k)}});
    seconds += study::estimated_seconds(plan, k);
  }
  return {{"cases", cases}, {"files", files_as_json(plan)}, {"seconds", seconds}, {"variants", variants(plan).size()}};
}

std::vector<std::string> names_of(const std::vector<network::Deployment>& deployments) {
  std::vector<std::string> names;
  std::ranges::transform(deployments, std::back_inserter(names), &network::Deployment::name);
  return names;
}

}  // namespace

std::uint64_t results_bytes(const study::Study& study) {
  const std::vector shapes(study.network.datasets.size(), network::mnist_shape);
  return store::data_bytes(layout::results_schema(study, shapes, 1));
}

std::string describe_as_json(const study::Study& study) {
  const StudySeconds seconds = estimated_seconds(study);
  nlohmann::json object = {
      {"study", study.name}, {"results_bytes", results_bytes(study)}, {"ranks_per_case", study.run.ranks_per_case}};
  for (const study::DevicePlan& plan : study.devices) {
    object[std::string(plan.base.kind->name)] = to_object(plan);
  }
  if (study.has_network) {
    object["network"] = {{"datasets", study.network.datasets},
                         {"deployments", names_of(study.network.deployments)},
                         {"files", network_files_as_json(study)},
                         {"seeds", study.network.seeds},
                         {"seconds", seconds.networks}};
  }
  for (const auto& [name, of_stage] : seconds.later) {
    object[name] = {{"seconds", of_stage}};
  }
  object["warnings"] = layout::warnings(study);
  return object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string describe(const study::Study& study, ListedCases listed) {
  std::string text = fmt::format("study {}\n", study.name);
  std::size_t cases = 0;
  for (const study::DevicePlan& plan : study.devices) {
    text += describe_device(plan, listed);
    cases += plan.cases.size();
  }
  text += describe_network_files(study);
  if (study.has_network) {
    text +=
        fmt::format("\nnetwork: {} x {} x {} x {} x {}\n", counted(weight_variant_count(study), "synapse"),
                    counted(neuron_variant_count(study), "neuron"), counted(study.network.datasets.size(), "data set"),
                    counted(static_cast<std::size_t>(study.network.seeds), "seed"),
                    counted(study.network.deployments.size(), "deployment"));
  }
  if (study.run.ranks_per_case > 1) {
    text += fmt::format("\ndevices: {} ranks simulate each case together\n", study.run.ranks_per_case);
  }
  const StudySeconds seconds = estimated_seconds(study);
  std::vector<std::string> parts = {duration(seconds.devices) + " on one core for the devices"};
  if (study.has_network) {
    parts.push_back(duration(seconds.networks) + " for the networks");
  }
  for (const auto& [name, of_stage] : seconds.later) {
    parts.push_back(duration(of_stage) + " for " + name);
  }
  std::string in_all = fmt::format("in all: {}, {}", counted(cases, "case"), enumerated(parts));
  if (parts.size() > 1) {
    in_all += fmt::format(", {} together", duration(seconds.total()));
  }
  in_all += fmt::format(", a results file of {:.1f} MB", static_cast<double>(results_bytes(study)) / 1e6);
  text += '\n' + wrapped(in_all, 0) + '\n';
  for (const std::string& warning : layout::warnings(study)) {
    text += wrapped("warning: " + warning, 2) + '\n';
  }
  return text;
}

}  // namespace spinsweep::status
