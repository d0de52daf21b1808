#include "study/read_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <system_error>

#include "base/error.hpp"
#include "device/track_geometry.hpp"
#include "study/axes.hpp"
#include "study/case_seed.hpp"
#include "study/check_wall_file.hpp"
#include "study/network_keys.hpp"
#include "study/parameter.hpp"
#include "study/resolved_text.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

namespace {

void set_parameter(device::DeviceParameters& target, const Parameter& parameter, const toml::node& node) {
  const double value = read_number(node, parameter.path);
  if (parameter.integer && value != std::round(value)) {
    fail(node, fmt::format("{} is {:g}, expected a whole number", parameter.path, value));
  }
  if (value < parameter.lowest || value > parameter.highest) {
    const bool positive = parameter.lowest == std::numeric_limits<double>::min();
    fail(node, fmt::format(
                   "{} is {:g}, expected {}", parameter.path, value,
                   positive ? "a positive number" : fmt::format("{:g} to {:g}", parameter.lowest, parameter.highest)));
  }
  parameter.set(target, value);
}

/// Keys of a section or of one of its tables, for the "did you mean" of a mistake.
std::vector<std::string> keys_below(device::Kind kind, const std::string& prefix) {
  std::vector<std::string> keys;
  for (const auto& parameter : parameters()) {
    const bool has_section_of_its_own = prefix.empty() && parameter.path.starts_with("material.");
    if (find_parameter(kind, parameter.path) != nullptr && parameter.path.starts_with(prefix) &&
        !has_section_of_its_own) {
      const std::string rest = parameter.path.substr(prefix.size());
      keys.push_back(rest.substr(0, rest.find('.')));
    }
  }
  if (prefix == "wall.") {
    keys.emplace_back("relax");
    keys.emplace_back("file");
    keys.emplace_back("file_checksum");
  }
  if (prefix.empty()) {
    keys.emplace_back("sweep");
  }
  return keys;
}

void read_keys(const toml::table& table, const std::string& prefix, device::DeviceParameters& target, Places& places) {
  for (const auto& [key, node] : table) {
    const std::string path = prefix + std::string(key.str());
    if (path == "sweep") {
      continue;
    }
    if (path == "wall.relax") {
      target.wall.relax = read_bool(node, path);
    } else if (path == "wall.file") {
      target.wall.file = read_string(node, path);
      if (target.wall.file.empty()) {
        fail(node, "wall.file is empty, expected the name of an OVF 2.0 file");
      }
      places[path] = place(node);
    } else if (path == "wall.file_checksum") {
      target.wall.file_checksum = read_string(node, path);
    } else if (const Parameter* parameter = find_parameter(target.kind, path);
               parameter != nullptr && (prefix == "material." || !path.starts_with("material."))) {
      set_parameter(target, *parameter, node);
      places[path] = place(node);
    } else if (path == "material" && prefix.empty()) {
      fail(node, "material keys stand in a section of their own, [material]");
    } else if (node.is_table() && prefix.empty() && !keys_below(target.kind, path + ".").empty()) {
      read_keys(*node.as_table(), path + ".", target, places);
    } else {
      const auto known = keys_below(target.kind, prefix);
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) {
        fail(node, fmt::format("{} must be a table", path));
      }
      fail_unknown(key, node, known);
    }
  }
}

/// In the file a key may stand beside an axis of the same name, which wins; whoever overrides it means to change
/// something.
void refuse_vain_overrides(const DevicePlan& plan, const Places& places, const std::string& device) {
  for (const Axis& axis : plan.axes) {
    const auto given = places.find(axis.path);
    if (given != places.end() && is_override(given->second) && !axis.path.starts_with("material.")) {
      throw InputError(
          fmt::format("{}: changes nothing, since [{}.sweep] sweeps {}", given->second, device, axis.path));
    }
  }
}

DevicePlan read_device(const toml::table& document, device::Kind kind, double tolerance, NamedFiles files) {
  const std::string name = kind == device::Kind::neuron ? "neuron" : "synapse";
  const toml::node* section = document.get(name);
  if (section == nullptr) {
    return {};
  }
  device::DeviceParameters base = device::default_parameters(kind);
  Places places;
  if (const toml::node* material = document.get("material")) {
    read_keys(read_table(*material, "material"), "material.", base, places);
  }
  base.tolerance = tolerance;
  const toml::table& table = read_table(*section, name);
  read_keys(table, "", base, places);
  const toml::node* sweep = table.get("sweep");
  DevicePlan plan =
      expand(sweep != nullptr ? &read_table(*sweep, name + ".sweep") : nullptr, base, places, place(*section));
  refuse_vain_overrides(plan, places, name);
  if (files == NamedFiles::check) {
    check_wall_file(plan, places["wall.file"]);
  }
  return plan;
}

/// Each of the ranks that share a case needs a row of its cells.
void check_rows(const toml::table& document, const DevicePlan& plan, int ranks_per_case) {
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    const int rows = device::make_mesh(plan.cases[k].track).ny;
    if (ranks_per_case > rows) {
      fail(*document.at_path("device.ranks_per_case").node(),
           fmt::format("device.ranks_per_case is {}, but {} {} has only {} rows of cells, and each rank needs one",
                       ranks_per_case, plan.base.kind == device::Kind::neuron ? "neuron" : "synapse",
                       case_name(plan, k), rows));
    }
  }
}

/// [device]: what both devices have in common. Returns the tolerance.
double read_device_section(const toml::table& document, RunSettings& run) {
  constexpr std::int64_t most_ranks = 1'000'000;
  double tolerance = device::DeviceParameters{}.tolerance;
  const toml::node* section = document.get("device");
  if (section == nullptr) {
    return tolerance;
  }
  for (const auto& [key, node] : *section->as_table()) {
    const std::string name = "device." + std::string(key.str());
    if (key == "tolerance") {
      tolerance = read_number(node, name);
      if (tolerance < 1e-10 || tolerance > 1e-2) {
        fail(node, fmt::format("{} is {:g}, expected 1e-10 to 1e-2", name, tolerance));
      }
    } else if (key == "checkpoint_interval" || key == "time_limit") {
      const double seconds = read_number(node, name);
      if (seconds <= 0.0) {
        fail(node, fmt::format("{} is {:g}, expected a positive number of seconds", name, seconds));
      }
      (key == "time_limit" ? run.time_limit : run.checkpoint_interval) = seconds;
    } else if (key == "ranks_per_case") {
      run.ranks_per_case = static_cast<int>(read_integer(node, name, 1, most_ranks));
    } else {
      fail_unknown(key, node, {"tolerance", "checkpoint_interval", "time_limit", "ranks_per_case"});
    }
  }
  return tolerance;
}

}  // namespace

Study parse_study(const std::string& text, const std::string& source, const std::vector<std::string>& overrides,
                  NamedFiles files) {
  const toml::table document = parse_document(text, source, overrides);
  const std::vector<std::string> sections = {"study", "material", "device", "neuron", "synapse", "network"};
  for (const auto& [key, node] : document) {
    if (std::find(sections.begin(), sections.end(), key.str()) == sections.end()) {
      fail_unknown(key, node, sections);
    }
    (void)read_table(node, std::string(key.str()));
  }
  Study study;
  if (const toml::node* section = document.get("study")) {
    for (const auto& [key, node] : *section->as_table()) {
      if (key == "name") {
        study.name = read_string(node, "study.name");
      } else if (key == "seed") {
        study.seed = read_integer(node, "study.seed", 0, std::int64_t{1} << 48U);
      } else {
        fail_unknown(key, node, {"name", "seed"});
      }
    }
  }
  const double tolerance = read_device_section(document, study.run);
  study.neuron = read_device(document, device::Kind::neuron, tolerance, files);
  study.synapse = read_device(document, device::Kind::synapse, tolerance, files);
  check_rows(document, study.neuron, study.run.ranks_per_case);
  check_rows(document, study.synapse, study.run.ranks_per_case);
  seed_cases(study.seed, study.neuron);
  seed_cases(study.seed, study.synapse);
  if (study.neuron.cases.empty() && study.synapse.cases.empty()) {
    throw InputError(source + ":1:1: there is no case; expected a section [neuron] or [synapse]");
  }
  if (const toml::node* section = document.get("network")) {
    study.network = read_network(*section->as_table());
    study.has_network = true;
    if (study.neuron.cases.empty() || study.synapse.cases.empty()) {
      fail(*section, "[network] needs both devices; expected the sections [neuron] and [synapse]");
    }
    for (const auto& variant : variants(study.neuron)) {
      if (static_cast<int>(variant.cases.size()) <= study.network.activation_order) {
        fail(*section, fmt::format("a polynomial of order {} cannot be fitted to {} current densities of the neuron",
                                   study.network.activation_order, variant.cases.size()));
      }
    }
  }
  study.text = resolved_text(study);
  return study;
}

Study read_study(const std::string& path, const std::vector<std::string>& overrides) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw InputError(path + ": a folder, expected a sweep file (TOML)");
  }
  std::ifstream file(path);
  if (!file) {
    throw InputError(
        fmt::format("{}: the sweep file cannot be opened: {}", path, std::generic_category().message(errno)));
  }
  std::ostringstream text;
  if (file.peek() != std::ifstream::traits_type::eof() && !(text << file.rdbuf())) {
    throw InputError(path + ": the sweep file cannot be read");
  }
  return parse_study(text.str(), path, overrides, NamedFiles::check);
}

}  // namespace spinsweep::study
