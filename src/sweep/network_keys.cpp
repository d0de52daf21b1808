#include "sweep/network_keys.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "network/quantizer.hpp"
#include "sweep/resolved_text.hpp"
#include "sweep/toml_reader.hpp"

namespace spinsweep::sweep {

namespace {

using network::NetworkSettings;

std::string full_name(const std::string& name) {
  return "network." + name;
}

NetworkKey whole(const std::string& name, int NetworkSettings::*member, std::int64_t lowest, std::int64_t highest) {
  return {name,
          [=](NetworkSettings& settings, const toml::node& node) {
            settings.*member = static_cast<int>(read_integer(node, full_name(name), lowest, highest));
          },
          [=](const NetworkSettings& settings) { return fmt::format("{}", settings.*member); }};
}

NetworkKey positive(const std::string& name, double NetworkSettings::*member) {
  return {name,
          [=](NetworkSettings& settings, const toml::node& node) {
            settings.*member = read_number(node, full_name(name));
            if (settings.*member <= 0.0) {
              fail(node, fmt::format("{} is {:g}, expected a positive number", full_name(name), settings.*member));
            }
          },
          [=](const NetworkSettings& settings) { return toml_number(settings.*member); }};
}

NetworkKey text(const std::string& name, std::string NetworkSettings::*member) {
  return {
      name,
      [=](NetworkSettings& settings, const toml::node& node) { settings.*member = read_string(node, full_name(name)); },
      [=](const NetworkSettings& settings) { return toml_text(settings.*member); }};
}

NetworkKey one_of(const std::string& name, std::string NetworkSettings::*member, std::vector<std::string> values) {
  NetworkKey key = text(name, member);
  key.read = [read = key.read, member, name, values](NetworkSettings& settings, const toml::node& node) {
    read(settings, node);
    if (std::find(values.begin(), values.end(), settings.*member) == values.end()) {
      fail(node, fmt::format("{} is \"{}\", expected one of: {}", full_name(name), settings.*member,
                             fmt::join(values, ", ")));
    }
  };
  return key;
}

NetworkKey datasets() {
  return {"datasets",
          [](NetworkSettings& settings, const toml::node& node) {
            settings.datasets = read_strings(node, full_name("datasets"));
            if (settings.datasets.empty()) {
              fail(node, "network.datasets is empty, expected at least one data set");
            }
          },
          [](const NetworkSettings& settings) {
            std::vector<std::string> names;
            std::transform(settings.datasets.begin(), settings.datasets.end(), std::back_inserter(names), toml_text);
            return fmt::format("[{}]", fmt::join(names, ", "));
          }};
}

NetworkKey hidden() {
  return {"hidden",
          [](NetworkSettings& settings, const toml::node& node) {
            if (!node.is_array()) {
              fail(node, "network.hidden must be a list of whole numbers");
            }
            settings.hidden.clear();
            for (const auto& element : *node.as_array()) {
              settings.hidden.push_back(static_cast<int>(read_integer(element, full_name("hidden"), 1, 100'000)));
            }
          },
          [](const NetworkSettings& settings) { return fmt::format("[{}]", fmt::join(settings.hidden, ", ")); }};
}

}  // namespace

const std::vector<NetworkKey>& network_keys() {
  using N = NetworkSettings;
  constexpr std::int64_t many = 1'000'000;
  static const std::vector<NetworkKey> keys = {
      datasets(),
      text("data_folder", &N::data_folder),
      hidden(),
      whole("seeds", &N::seeds, 1, many),
      whole("epochs", &N::epochs, 1, many),
      whole("batch_size", &N::batch_size, 1, many),
      positive("learning_rate", &N::learning_rate),
      whole("fine_tune_epochs", &N::fine_tune_epochs, 1, many),
      positive("fine_tune_learning_rate", &N::fine_tune_learning_rate),
      whole("activation_order", &N::activation_order, 1, 9),
      one_of("levels", &N::levels, {"pinned", "reached"}),
      one_of("mapping", &N::mapping, network::mapping_names()),
      whole("histogram_bins", &N::histogram_bins, 2, many),
  };
  return keys;
}

NetworkSettings read_network(const toml::table& table) {
  NetworkSettings settings;
  for (const auto& [name, node] : table) {
    const auto key = std::find_if(network_keys().begin(), network_keys().end(),
                                  [&](const NetworkKey& candidate) { return candidate.name == name.str(); });
    if (key == network_keys().end()) {
      std::vector<std::string> known;
      std::transform(network_keys().begin(), network_keys().end(), std::back_inserter(known),
                     [](const NetworkKey& candidate) { return candidate.name; });
      fail_unknown(node, std::string(name.str()), known);
    }
    key->read(settings, node);
  }
  return settings;
}

}  // namespace spinsweep::sweep
