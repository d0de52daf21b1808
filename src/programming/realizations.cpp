#include "programming/realizations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace spinsweep::programming {

bool draws_disorder(const study::DevicePlan& plan, const device::DeviceParameters& p) {
  return p.disorder.exists() &&
         std::ranges::none_of(plan.axes, [](const study::Axis& axis) { return axis.path == "disorder.realization"; });
}

bool scatters(const study::DevicePlan& plan, const device::DeviceParameters& p) {
  return p.material.temperature > 0.0 || draws_disorder(plan, p);
}

std::size_t realizations_of(const study::DevicePlan& plan, const device::DeviceParameters& p,
                            const Settings& settings) {
  return scatters(plan, p) ? static_cast<std::size_t>(settings.realizations) : 1;
}

std::vector<std::string> warnings(const study::Study& study) {
  const bool is_drawn = std::ranges::any_of(study.network.deployments, [](const network::Deployment& deployment) {
    return deployment.settings.noise.errors == network::DeviceErrors::simulated;
  });
  if (!study.has_network || !is_drawn) {
    return {};
  }
  const study::DevicePlan& plan = study.weights();
  const auto list = variants(plan);
  const auto alike = std::ranges::count_if(list, [&](const study::Variant& variant) {
    return realizations_of(plan, plan.cases[variant.cases.front()], section.of(study)) == 1;
  });
  if (alike == 0) {
    return {};
  }
  return {
      fmt::format("device_errors = \"simulated\", {} of {} synapse variants: each level is written once ({}), so all "
                  "devices draw the same error",
                  alike, list.size(),
                  section.of(study).realizations == 1 ? "programming.realizations = 1"
                                                      : "without temperature and disorder realisations are alike")};
}

}  // namespace spinsweep::programming
