#pragma once

#include <toml++/toml.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/key_table.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

/// Where each key of a device was given, "file:line:column", by its path.
using Places = std::map<std::string, std::string>;

/// A key that a section of the sweep file may have, and what it fills.
struct BoundKey {
  const keys::Description* key;
  std::string name;          ///< in its section: "pulse.duration" stands in a table, pulse
  std::string name_in_full;  ///< as messages call it
  std::function<void(const keys::Value&)> assign;
};

/// The keys of a section that fills `target` alone.
template <class Target>
std::vector<BoundKey> bind_section(const std::string& section, const std::vector<keys::Key<Target>>& list,
                                   Target& target) {
  std::vector<BoundKey> bound;
  bound.reserve(list.size());
  for (const auto& key : list) {
    bound.push_back({&key, key.path, section + "." + key.path,
                     [&key, &target](const keys::Value& value) { key.assign(target, value); }});
  }
  return bound;
}

/// The keys of a device that stand in a section that all devices share, "material".
[[nodiscard]] std::vector<BoundKey> bind_shared(const std::string& section, device::DeviceParameters& target);

/// The keys of a device's own section, which may also give the device a material of its own.
[[nodiscard]] std::vector<BoundKey> bind_own(device::DeviceParameters& target);

/// Reads a section into what its keys are bound to, notes the places of the keys, and leaves out `others`. A key that
/// is bound several times fills them all. Errors: InputError with the place of what is wrong.
void read_keys(const toml::table& section, const std::vector<BoundKey>& keys, Places& places,
               const std::vector<std::string>& others = {});

/// Makes sure that a text is one that the key accepts. Errors: InputError with the place of the node.
void check_choice(const toml::node& node, const keys::Description& key, const std::string& name,
                  const std::string& value);

/// Makes sure that a number is one that the key accepts. Errors: InputError with the place of the node.
void check_number(const toml::node& node, const keys::Description& key, const std::string& name, double value);

}  // namespace spinsweep::study
