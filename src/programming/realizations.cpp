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

}  // namespace spinsweep::programming
