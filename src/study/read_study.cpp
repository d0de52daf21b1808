#include "study/read_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/serialization/map.hpp>
#include <boost/serialization/utility.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "device/track_geometry.hpp"
#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"
#include "study/axes.hpp"
#include "study/case_seed.hpp"
#include "study/check_in_situ.hpp"
#include "study/check_named_files.hpp"
#include "study/check_network.hpp"
#include "study/check_network_files.hpp"
#include "study/deployments.hpp"
#include "study/named_files.hpp"
#include "study/read_keys.hpp"
#include "study/resolved_text.hpp"
#include "study/sections.hpp"
#include "study/stage_section.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

namespace {

/// In the file a key may stand beside an axis of the same name, which wins; whoever overrides it means to change
/// something. `places`: of the keys in the device's own section.
void refuse_vain_overrides(const DevicePlan& plan, const Places& places, const std::string& device) {
  for (const Axis& axis : plan.axes) {
    const auto given = places.find(axis.path);
    if (given != places.end() && is_override(given->second)) {
      throw InputError(
          fmt::format("{}: changes nothing, since [{}.sweep] sweeps {}; --set '{}.sweep.{}=[...]' replaces the axis",
                      given->second, device, axis.path, device, axis.path));
    }
  }
}

/// A list of notches places them, so that no other key does. `places`: of the keys in the device's own section.
void refuse_vain_notch_keys(const DevicePlan& plan, const Places& places, const std::string& device) {
  if (plan.base.notches.list.empty()) {
    return;
  }
  for (const std::string key : {"notches.count", "notches.first", "notches.pitch"}) {
    const auto given = places.find(key);
    const bool is_swept = std::ranges::count(plan.axes, key, &Axis::path) > 0;
    if (given != places.end() || is_swept) {
      throw InputError(fmt::format("{}: {}{} changes nothing beside notches.list, which places the notches",
                                   is_swept ? places.at("notches.list") : given->second,
                                   is_swept ? fmt::format("sweeping {}.", device) : "", key));
    }
  }
}

/// Reads a device's section into a plan; `base` and `places` are what the sections that devices share have made of it.
/// The places of its own keys are added.
DevicePlan read_device(const toml::node& section, device::DeviceParameters base, Places& places) {
  const std::string name(base.kind->name);
  const toml::table& table = *section.as_table();
  Places own_places;
  read_keys(table, bind_own(base), own_places, {"sweep"});
  Places shared_places = std::exchange(places, own_places);
  places.merge(shared_places);
  const toml::node* sweep = table.get("sweep");
  DevicePlan plan =
      expand(sweep != nullptr ? &read_table(*sweep, name + ".sweep") : nullptr, base, places, place(section));
  refuse_vain_overrides(plan, own_places, name);
  refuse_vain_notch_keys(plan, own_places, name);
  return plan;
}

/// The sections, and the keys of the file's devices in full, for a key that is given without its device.
std::vector<std::string> known_at_top(const toml::table& document) {
  std::vector<std::string> known = sections();
  for (const device::Kind* kind : device::kinds()) {
    if (document.contains(kind->name)) {
      auto parameters = kind->defaults();
      for (const BoundKey& key : bind_own(parameters)) {
        known.push_back(fmt::format("{}.{}", kind->name, key.name));
      }
    }
  }
  return known;
}

/// "pulse.current_density" of a table pulse that has this key alone.
std::string path_of_only_key(const toml::key& key, const toml::node& node) {
  std::string path(key.str());
  for (const toml::table* table = node.as_table(); table != nullptr && table->size() == 1;) {
    path += fmt::format(".{}", table->begin()->first.str());
    table = table->begin()->second.as_table();
  }
  return path;
}

/// Reads a section into what its keys are bound to, if the file has it.
void read_section(const toml::table& document, const std::string& section, const std::vector<BoundKey>& keys,
                  Places& places) {
  if (const toml::node* node = document.get(section)) {
    read_keys(*node->as_table(), keys, places);
  }
}

/// Each of the ranks that share a case needs a row of its cells.
void check_rows(const toml::table& document, const DevicePlan& plan, int ranks_per_case) {
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    const int rows = device::make_mesh(plan.cases[k]).ny;
    if (ranks_per_case > rows) {
      fail(*document.at_path("solver.ranks_per_case").node(),
           fmt::format("solver.ranks_per_case is {}, but {} {} has only {} rows of cells, and each rank needs one",
                       ranks_per_case, plan.base.kind->name, case_name(plan, k), rows));
    }
  }
}

}  // namespace

Study parse_study(const std::string& text, const std::string& source, const std::vector<std::string>& overrides,
                  NamedFiles files) {
  const toml::table document = parse_document(text, source, overrides);
  for (const auto& [key, node] : document) {
    if (std::find(sections().begin(), sections().end(), key.str()) == sections().end()) {
      const auto known = known_at_top(document);
      const std::string path = path_of_only_key(key, node);
      const bool is_of_a_device = std::ranges::any_of(known, [&](const auto& k) { return k.ends_with("." + path); });
      fail_unknown(is_of_a_device ? toml::key(path, key.source()) : key, node, known);
    }
    (void)read_table(node, std::string(key.str()));
  }
  Study study;
  Places places;
  read_section(document, "study", bind_section("study", keys::keys_of<Study>(), study), places);
  std::vector<device::DeviceParameters> bases;
  std::ranges::transform(device::kinds(), std::back_inserter(bases), [](const auto* kind) { return kind->defaults(); });
  for (const std::string section : {"material", "solver"}) {
    std::vector<BoundKey> keys;
    for (auto& base : bases) {
      const auto of_device = bind_shared(section, base);
      keys.insert(keys.end(), of_device.begin(), of_device.end());
    }
    if (section == "solver") {
      const auto of_run = bind_section(section, keys::keys_of<RunSettings>(), study.run);
      keys.insert(keys.end(), of_run.begin(), of_run.end());
    }
    read_section(document, section, keys, places);
  }
  const std::filesystem::path folder = std::filesystem::path(source).parent_path();
  for (const auto& base : bases) {
    if (const toml::node* section = document.get(base.kind->name)) {
      Places of_device = places;
      DevicePlan& plan = study.devices.emplace_back(read_device(*section, base, of_device));
      check_rows(document, plan, study.run.ranks_per_case);
      seed_cases(study.seed, plan);
      if (files == NamedFiles::check) {
        read_named_files(folder, of_device, plan, study.file_contents);
      }
    }
  }
  if (study.devices.empty() && !document.contains("network")) {
    throw InputError(source + ":1:1: there is no case; expected a section [neuron] or [synapse]");
  }
  if (const toml::node* section = document.get("network")) {
    const toml::table& table = *section->as_table();
    Places of_network;
    read_keys(table, bind_section("network", keys::keys_of<network::NetworkSettings>(), study.network), of_network,
              {"deployment"});
    const auto check_files = [&](network::JumpTableFiles& own, const network::JumpTableFiles& checked) {
      if (files == NamedFiles::check) {
        check_jump_tables(own, checked, folder, *section);
      }
    };
    check_files(study.network.common.jump_table, {});
    study.network.deployments = read_deployments(table.get("deployment"), study.network.common, check_files);
    study.has_network = true;
    check_network(*section, of_network, study);
    if (files == NamedFiles::check) {
      read_measured_files(folder, *section, study);
      check_model_file(*section, study.network);
    }
    check_in_situ(*section, study);
  }
  if (const toml::node* material = document.get("material"); material != nullptr && study.devices.empty()) {
    fail(*material, "[material] changes nothing in a study without a section [neuron] or [synapse]");
  }
  for (const StageSection& section : stage_sections()) {
    if (document.contains(section.name)) {
      std::any& settings = study.stages[section.name] = section.defaults;
      read_section(document, section.name, bind_section(section.name, section.keys, settings), places);
      if (const std::string fault = section.fault(settings); !fault.empty()) {
        fail(*document.get(section.name), fault);
      }
    }
  }
  if (study.has_network) {
    check_network_stages(*document.get("network"), study);
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

Study read_shared_study(const std::string& path, const std::vector<std::string>& overrides,
                        const parallel::Communicator& communicator) {
  const auto text_and_files = parallel::of_root(communicator, [&] {
    Study study = read_study(path, overrides);
    return std::pair(std::move(study.text), std::move(study.file_contents));
  });
  Study study;
  parallel::collectively(communicator, [&] {
    study = parse_study(text_and_files.first, "resolved " + path);
    study.file_contents = text_and_files.second;
    for (DevicePlan& plan : study.devices) {
      attach_files(study.file_contents, plan);
    }
    attach_measured_devices(study);
  });
  return study;
}

}  // namespace spinsweep::study
