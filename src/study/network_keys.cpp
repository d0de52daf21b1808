#include "study/network_keys.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "network/mapping.hpp"
#include "study/resolved_text.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

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

NetworkKey between(const std::string& name, double NetworkSettings::*member, double lowest, double highest) {
  return {name,
          [=](NetworkSettings& settings, const toml::node& node) {
            settings.*member = read_number(node, full_name(name));
            if (settings.*member < lowest || settings.*member > highest) {
              fail(node, fmt::format("{} is {:g}, expected {:g} to {:g}", full_name(name), settings.*member, lowest,
                                     highest));
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

NetworkKey one_of(const std::string& name, std::string NetworkSettings::*member,
                  const std::vector<std::string>& values) {
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

std::string toml_texts(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  std::transform(texts.begin(), texts.end(), std::back_inserter(quoted), toml_text);
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

/// A list of different names, at least one.
std::vector<std::string> read_names(const toml::node& node, const std::string& name) {
  auto names = read_strings(node, full_name(name));
  if (names.empty()) {
    fail(node, fmt::format("{} is empty, expected at least one name", full_name(name)));
  }
  for (auto twin = names.begin(); twin != names.end(); ++twin) {
    if (std::find(names.begin(), twin, *twin) != twin) {
      fail(node, fmt::format("{} names \"{}\" twice", full_name(name), *twin));
    }
  }
  return names;
}

NetworkKey datasets() {
  return {"datasets",
          [](NetworkSettings& settings, const toml::node& node) { settings.datasets = read_names(node, "datasets"); },
          [](const NetworkSettings& settings) { return toml_texts(settings.datasets); }};
}

NetworkKey schemes() {
  return {"schemes",
          [](NetworkSettings& settings, const toml::node& node) {
            const auto wanted = read_names(node, "schemes");
            const auto& known = NetworkSettings{}.schemes;
            for (const auto& name : wanted) {
              if (std::find(known.begin(), known.end(), name) == known.end()) {
                fail(node,
                     fmt::format("network.schemes names \"{}\", expected some of: {}", name, fmt::join(known, ", ")));
              }
            }
            // In the order in which they follow from each other, and fp32 always, since all start from it.
            settings.schemes.clear();
            std::copy_if(known.begin(), known.end(), std::back_inserter(settings.schemes), [&](const auto& name) {
              return name == "fp32" || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
            });
          },
          [](const NetworkSettings& settings) { return toml_texts(settings.schemes); }};
}

/// One name or a list of them.
NetworkKey mapping() {
  return {"mapping",
          [](NetworkSettings& settings, const toml::node& node) {
            settings.mapping =
                node.is_string() ? std::vector{read_string(node, full_name("mapping"))} : read_names(node, "mapping");
            for (const auto& name : settings.mapping) {
              try {
                (void)network::Mapping(name);
              } catch (const InputError& error) {
                fail(node, fmt::format("network.mapping is \"{}\": {}", name, error.what()));
              }
            }
          },
          [](const NetworkSettings& settings) {
            return settings.mapping.size() == 1 ? toml_text(settings.mapping.front()) : toml_texts(settings.mapping);
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
      schemes(),
      whole("epochs", &N::epochs, 1, many),
      whole("batch_size", &N::batch_size, 1, many),
      positive("learning_rate", &N::learning_rate),
      one_of("learning_rate_schedule", &N::learning_rate_schedule, {"constant", "cosine"}),
      between("label_smoothing", &N::label_smoothing, 0.0, 0.9),
      between("dropout", &N::dropout, 0.0, 0.9),
      whole("fine_tune_epochs", &N::fine_tune_epochs, 1, many),
      positive("fine_tune_learning_rate", &N::fine_tune_learning_rate),
      one_of("fine_tune_schedule", &N::fine_tune_schedule, {"constant", "cosine"}),
      one_of("fine_tune_start", &N::fine_tune_start, {"quantized", "bias_corrected"}),
      whole("on_level_epochs", &N::on_level_epochs, 1, many),
      positive("on_level_learning_rate", &N::on_level_learning_rate),
      whole("activation_order", &N::activation_order, 1, 9),
      one_of("levels", &N::levels, {"pinned", "reached"}),
      mapping(),
      between("percentile", &N::percentile, 50.0, 100.0),
      one_of("biases", &N::biases, {"float", "own_scale", "layer_scale"}),
      whole("histogram_bins", &N::histogram_bins, 2, many),
      whole("chips", &N::chips, 0, many),
      between("device_spread", &N::device_spread, 0.0, 10.0),
      between("programming_error", &N::programming_error, 0.0, 10.0),
      between("read_noise", &N::read_noise, 0.0, 10.0),
      one_of("conductance_error", &N::conductance_error, {"absolute", "relative"}),
      between("stuck_devices", &N::stuck_devices, 0.0, 1.0),
      between("retention_drift", &N::retention_drift, 0.0, 1.0),
      positive("read_voltage", &N::read_voltage),
      positive("read_duration", &N::read_duration),
      positive("heavy_metal_thickness", &N::heavy_metal_thickness),
      positive("heavy_metal_resistivity", &N::heavy_metal_resistivity),
      whole("ranks_per_model", &N::ranks_per_model, 0, many),
  };
  return keys;
}

NetworkSettings read_network(const toml::table& table) {
  NetworkSettings settings;
  for (const auto& [name, node] : table) {
    const std::string_view given = name.str();
    const auto key = std::find_if(network_keys().begin(), network_keys().end(),
                                  [&](const NetworkKey& candidate) { return candidate.name == given; });
    if (key == network_keys().end()) {
      std::vector<std::string> known;
      std::transform(network_keys().begin(), network_keys().end(), std::back_inserter(known),
                     [](const NetworkKey& candidate) { return candidate.name; });
      fail_unknown(name, node, known);
    }
    key->read(settings, node);
  }
  return settings;
}

}  // namespace spinsweep::study
