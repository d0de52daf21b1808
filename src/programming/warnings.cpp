#include "programming/warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "programming/programming_table.hpp"
#include "programming/realizations.hpp"
#include "programming/writable_device.hpp"

namespace spinsweep::programming {

namespace {

/// The devices that are written.
std::vector<device::DeviceParameters> devices_of(const study::DevicePlan& plan) {
  std::vector<device::DeviceParameters> devices;
  for (const study::Variant& variant : variants(plan)) {
    devices.push_back(plan.cases[variant.cases.front()]);
  }
  return devices;
}

std::optional<std::string> warning_of_equal_errors(const study::Study& study) {
  const bool is_drawn = std::ranges::any_of(study.network.deployments, [](const network::Deployment& deployment) {
    return deployment.settings.noise.errors == network::DeviceErrors::simulated;
  });
  if (!study.has_network || !is_drawn) {
    return std::nullopt;
  }
  const study::DevicePlan& plan = study.weights();
  const auto devices = devices_of(plan);
  const auto alike =
      std::ranges::count_if(devices, [&](const auto& p) { return realizations_of(plan, p, section.of(study)) == 1; });
  if (alike == 0) {
    return std::nullopt;
  }
  return fmt::format(
      "device_errors = \"simulated\", {} of {} synapse variants: each level is written once ({}), so all devices draw "
      "the same error",
      alike, devices.size(),
      section.of(study).realizations == 1 ? "programming.realizations = 1"
                                          : "without temperature and disorder realisations are alike");
}

std::optional<std::string> warning_of_heat(const study::Study& study) {
  const Settings& settings = section.of(study);
  const double largest = settings.max_current_density;
  if (settings.method == MethodName::pulse_train) {
    return std::nullopt;  // its pulses are those of the device, of which the device's own warning is
  }
  const auto devices = devices_of(study.weights());
  const auto rise = [&](const device::DeviceParameters& p) { return rise_by_pulse(p, largest); };
  const auto is_hot = [&](const device::DeviceParameters& p) { return rise(p) > p.substrate.largest_rise; };
  const auto hot = std::ranges::count_if(devices, is_hot);
  if (hot == 0) {
    return std::nullopt;
  }
  const device::DeviceParameters& hottest = *std::ranges::max_element(devices, {}, rise);
  const double limit = hottest.substrate.largest_rise;
  return fmt::format(
      "programming, {} of {} synapse variants: pulses up to programming.max_current_density of {:g} A/m2 heat the film "
      "by up to {:.0f} K; those above {:.2g} A/m2 by more than substrate.largest_rise of {:g} K",
      hot, devices.size(), largest, rise(hottest), largest * std::sqrt(limit / rise(hottest)), limit);
}

}  // namespace

std::vector<std::string> warnings(const study::Study& study) {
  std::vector<std::string> all;
  for (const auto& warning : {warning_of_equal_errors(study), warning_of_heat(study)}) {
    if (warning) {
      all.push_back(*warning);
    }
  }
  return all;
}

}  // namespace spinsweep::programming
