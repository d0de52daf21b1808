#include "network/deployments.hpp"

#include <algorithm>

#include "network/methods.hpp"

namespace spinsweep::network {

const Method& method_of(const Deployment& deployment) {
  return method_of_name(deployment.method);
}

std::optional<FurtherTraining> further_training_of(const Deployment& deployment) {
  return method_of(deployment).further_training(deployment.settings);
}

std::size_t training_of(const std::vector<Deployment>& deployments, std::size_t deployment) {
  const Deployment& own = deployments[deployment];
  const auto found = std::ranges::find_if(deployments, [&](const Deployment& other) {
    return other.method == own.method && further_training_of(other) == further_training_of(own) &&
           other.settings.fine_tune_start == own.settings.fine_tune_start &&
           method_of(other).training_noise(other.settings) == method_of(own).training_noise(own.settings) &&
           method_of(other).placement_rule(other) == method_of(own).placement_rule(own);
  });
  return static_cast<std::size_t>(found - deployments.begin());
}

std::vector<FurtherTraining> controls_of(const std::vector<Deployment>& deployments) {
  std::vector<FurtherTraining> controls;
  for (const Deployment& deployment : deployments) {
    const auto further = further_training_of(deployment);
    if (further && std::ranges::find(controls, *further) == controls.end()) {
      controls.push_back(*further);
    }
  }
  return controls;
}

std::vector<std::string> control_names(const std::vector<Deployment>& deployments) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < deployments.size(); ++k) {
    // Controls are in the order of the first deployment that has each.
    if (control_of(deployments, k) == names.size()) {
      const bool is_known = std::ranges::find(names, deployments[k].method) != names.end();
      names.push_back(is_known ? deployments[k].name : deployments[k].method);
    }
  }
  return names;
}

std::optional<std::size_t> control_of(const std::vector<Deployment>& deployments, std::size_t deployment) {
  const auto further = further_training_of(deployments[deployment]);
  if (!further) {
    return std::nullopt;
  }
  const auto controls = controls_of(deployments);
  return static_cast<std::size_t>(std::ranges::find(controls, *further) - controls.begin());
}

}  // namespace spinsweep::network
