#include "study/sections.hpp"

#include <algorithm>
#include <iterator>

#include "study/deployments.hpp"
#include "study/parameter.hpp"
#include "study/stage_section.hpp"

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
  add_all("study", keys::keys_of<Study>());
  add_shared("material");
  add_shared("solver");
  add_all("solver", keys::keys_of<RunSettings>());
  for (const device::Kind* kind : device::kinds()) {
    for (const auto& key : device_keys()) {
      if (shared_section(key.path).empty() && kind->has_keys_for(key.only_for)) {
        list.push_back({std::string(kind->name), key.path, &key});
      }
    }
  }
  add_all("network", keys::keys_of<network::NetworkSettings>());
  add_all("network.deployment", deployment_keys());
  for (const StageSection& section : stage_sections()) {
    add_all(section.name, section.keys);
  }
  return list;
}

}  // namespace

std::vector<StageSection>& stage_sections() {
  static std::vector<StageSection> list;
  return list;
}

const std::vector<SectionKey>& section_keys() {
  static const auto list = make_section_keys();
  return list;
}

const std::vector<std::string>& sections() {
  static const auto list = [] {
    std::vector<std::string> names = {"study", "material", "solver"};
    for (const device::Kind* kind : device::kinds()) {
      names.emplace_back(kind->name);
    }
    names.emplace_back("network");
    std::ranges::transform(stage_sections(), std::back_inserter(names), &StageSection::name);
    return names;
  }();
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
