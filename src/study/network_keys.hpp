#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string>
#include <vector>

#include "network/settings.hpp"

namespace spinsweep::study {

/// One key of [network], declared once: reading a sweep file and writing the resolved one both go by this table.
struct NetworkKey {
  std::string name;
  /// Reads the node into the settings. Errors: InputError with the place of the node.
  std::function<void(network::NetworkSettings&, const toml::node&)> read;
  /// The value as TOML.
  std::function<std::string(const network::NetworkSettings&)> write;
};

/// Every key of [network], in the order of the documentation.
[[nodiscard]] const std::vector<NetworkKey>& network_keys();

/// Reads [network]. Errors: InputError with the place of what is wrong.
[[nodiscard]] network::NetworkSettings read_network(const toml::table& table);

}  // namespace spinsweep::study
