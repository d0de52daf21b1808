#include "study/sections.hpp"

#include <algorithm>

#include "study/deployments.hpp"

namespace spinsweep::study {

namespace {

std::vector<SectionKey> make_section_keys() {
  std::vector<SectionKey> list;
  const auto add_all = [&list](const std::string& section, const auto& keys) {
    for (const auto& key : keys) {
      list.push_back({section, key.path, &key});
    }
  };
  const auto add_shared = [&list](const std::string& section) {
    for (const auto& key : device_keys()) {
      if (shared_section(key.path) == section) {
        list.push_back({section, key.path.substr(section.size() + 1), &key});
      }
    }
  };
  add_all("study", study_keys());
  add_shared("material");
  add_shared("solver");
  add_all("solver", run_keys());
  for (const auto& [kind, section] : {std::pair{device::Kind::neuron, "neuron"}, {device::Kind::synapse, "synapse"}}) {
    for (const auto& key : device_keys()) {
      if (shared_section(key.path).empty() && has_key(kind, key)) {
        list.push_back({section, key.path, &key});
      }
    }
  }
  add_all("network", network_keys());
  add_all("network.deployment", deployment_keys());
  return list;
}

}  // namespace

const std::vector<keys::Key<Study>>& study_keys() {
  static const auto list = keys::keys_of<Study>();
  return list;
}

const std::vector<keys::Key<RunSettings>>& run_keys() {
  static const auto list = keys::keys_of<RunSettings>();
  return list;
}

const std::vector<keys::Key<network::NetworkSettings>>& network_keys() {
  static const auto list = keys::keys_of<network::NetworkSettings>();
  return list;
}

const std::vector<SectionKey>& section_keys() {
  static const auto list = make_section_keys();
  return list;
}

const std::vector<std::string>& sections() {
  static const std::vector<std::string> list = {"study", "material", "solver", "neuron", "synapse", "network"};
  return list;
}

std::string shared_section(const std::string& path) {
  for (const std::string section : {"material", "solver"}) {
    if (path.starts_with(section + ".")) {
      return section;
    }
  }
  return {};
}

}  // namespace spinsweep::study
