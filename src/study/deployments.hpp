#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string>
#include <vector>

#include "base/key_table.hpp"
#include "network/methods.hpp"
#include "network/settings.hpp"

namespace spinsweep::study {

/// A table [[network.deployment]] of a sweep file: each of its methods with each of its mappings.
struct DeploymentTable {
  std::vector<std::string> method = {};
  std::vector<std::string> mapping = {"mse"};
  network::DeploymentSettings settings = {};

  /// Errors: InputError if one of them is no mapping.
  static void check_mappings(std::vector<std::string>& names) {
    for (const auto& name : names) {
      (void)network::Mapping(name);
    }
  }

  static void declare(auto& key) {
    using D = DeploymentTable;
    key("method", &D::method, network::method_names(), "how the network is put on the device; see [Methods](#methods)");
    key.checked("mapping", &D::mapping, {}, &check_mappings, "how levels become weights; see [Mappings](#mappings)");
    key.table("", &D::settings);
  }
};

[[nodiscard]] const std::vector<keys::Key<DeploymentTable>>& deployment_keys();

/// Checks the files that a deployment names.
using CheckFiles = std::function<void(network::JumpTableFiles& own, const network::JumpTableFiles& common)>;

/// The deployments of a study: `fp32`, which all others start from, and those of the file's tables; without tables the
/// usual ones. tables: `deployment` of [network], or nullptr; check_files: of a table, given those of `common`.
/// Errors: InputError with the place of what is wrong.
[[nodiscard]] std::vector<network::Deployment> read_deployments(const toml::node* tables,
                                                                const network::DeploymentSettings& common,
                                                                const CheckFiles& check_files);

/// The deployments as tables of the resolved sweep file.
[[nodiscard]] std::string deployments_text(const network::NetworkSettings& network);

}  // namespace spinsweep::study
