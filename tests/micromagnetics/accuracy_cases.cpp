#include "micromagnetics/accuracy_cases.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::tests {

double change_with_tolerance(const device::DeviceParameters& p, double duration) {
  using namespace micromagnetics;
  const Mesh mesh = device::make_mesh(p);
  const auto demag = std::make_shared<DemagField>(mesh, p.material.saturation_magnetization);
  const std::vector<double> initial = device::initial_state(p, demag);
  const auto mean_after = [&](double tolerance) {
    LlgsSystem system(p.material, mesh, device::make_mask(p), demag);
    TimeIntegration integration(system, tolerance);
    integration.set_magnetization(initial);
    integration.set_current_density(p.pulse.current_density);
    integration.advance(duration);
    return system.mean_magnetization(integration.magnetization());
  };
  const Vector3 difference = mean_after(p.tolerance) - mean_after(0.1 * p.tolerance);
  return std::max({std::abs(difference.x), std::abs(difference.y), std::abs(difference.z)});
}

}  // namespace spinsweep::tests
