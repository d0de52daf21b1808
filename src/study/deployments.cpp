#include "study/deployments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "study/read_keys.hpp"
#include "study/resolved_text.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

namespace {

/// "qat_epochs = 4" for each setting in which a deployment differs from [network].
std::vector<std::string> own_settings(const network::DeploymentSettings& settings,
                                      const network::DeploymentSettings& common) {
  static const auto keys = keys::keys_of<network::DeploymentSettings>();
  std::vector<std::string> lines;
  for (const auto& key : keys) {
    if (key.value(settings) != key.value(common)) {
      lines.push_back(fmt::format("{} = {}", key.path, toml_value(key.value(settings))));
    }
  }
  return lines;
}

network::Deployment make_deployment(const std::string& method, const std::string& mapping,
                                    const network::DeploymentSettings& settings,
                                    const network::DeploymentSettings& common) {
  network::Deployment deployment{
      .name = method + " " + mapping, .method = method, .mapping = mapping, .settings = settings};
  if (method == "fp32") {
    return {.name = method, .method = method, .mapping = "", .settings = common};
  }
  for (const std::string& line : own_settings(settings, common)) {
    deployment.name += ", " + line;
  }
  return deployment;
}

}  // namespace

const std::vector<keys::Key<DeploymentTable>>& deployment_keys() {
  static const auto list = keys::keys_of<DeploymentTable>();
  return list;
}

std::vector<network::Deployment> read_deployments(const toml::node* tables, const network::DeploymentSettings& common,
                                                  const CheckFiles& check_files) {
  std::vector<network::Deployment> deployments = {make_deployment("fp32", "", common, common)};
  const auto add = [&](const DeploymentTable& table, const toml::node* node) {
    for (const auto& mapping : table.mapping) {
      for (const auto& method : table.method) {
        const auto added = make_deployment(method, mapping, table.settings, common);
        const bool is_known = std::ranges::find(deployments, added) != deployments.end();
        if (is_known && method != "fp32") {
          fail(*node, fmt::format("the deployment \"{}\" is given twice", added.name));
        }
        if (!is_known) {
          deployments.push_back(added);
        }
      }
    }
  };
  if (tables == nullptr) {
    add({.method = {"ptq", "qat"}, .mapping = {"mse", "mse+differential_pair"}, .settings = common}, nullptr);
    return deployments;
  }
  if (!tables->is_array()) {
    fail(*tables, "network.deployment must be a list of tables, [[network.deployment]]");
  }
  for (const auto& node : *tables->as_array()) {
    DeploymentTable table{.settings = common};
    Places places;
    read_keys(read_table(node, "network.deployment"), bind_section("network.deployment", deployment_keys(), table),
              places);
    check_files(table.settings.jump_table, common.jump_table);
    if (table.method.empty()) {
      fail(node, "network.deployment needs a method");
    }
    add(table, &node);
  }
  return deployments;
}

std::string deployments_text(const network::NetworkSettings& network) {
  std::string text;
  for (const network::Deployment& deployment : network.deployments) {
    text += fmt::format("\n[[network.deployment]]\nmethod = {}\n", toml_text(deployment.method));
    if (!deployment.mapping.empty()) {
      text += fmt::format("mapping = {}\n", toml_text(deployment.mapping));
    }
    for (const std::string& line : own_settings(deployment.settings, network.common)) {
      text += line + "\n";
    }
  }
  return text;
}

}  // namespace spinsweep::study
