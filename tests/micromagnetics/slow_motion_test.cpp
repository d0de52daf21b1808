#include <gtest/gtest.h>

#include <cmath>

#include "base/constants.hpp"
#include "micromagnetics/independent_spins.hpp"
#include "micromagnetics/straight_track.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// The magnetisation of a hard axis falls off it: tan(theta) grows with the rate
/// 2 alpha gamma0 |Ku|/((1 + alpha^2) mu0 Ms).
class HardAxis : public testing::TestWithParam<double> {};

TEST_P(HardAxis, IsLeftAfterTheTimeThatTheAngleTakesToGrow) {
  const double tilt = GetParam();
  const tests::IndependentSpins::Parameters p{
      .temperature = 0.0, .damping = 0.5, .anisotropy = -5e5, .cells_along_edge = 8};
  tests::IndependentSpins spins(p);
  const Material constants;
  const double rate = 2.0 * p.damping * constants.gyromagnetic_ratio * std::abs(p.anisotropy) /
                      ((1.0 + p.damping * p.damping) * constants::vacuum_permeability * p.saturation_magnetization);
  const double time_to_45_degrees = -std::log(std::tan(tilt)) / rate;
  std::vector<double> m = spins.along_z();
  const std::size_t size = m.size() / 3;
  for (std::size_t k = 0; k < size; ++k) {
    m[k] = m[k + 2 * size] == 0.0 ? 0.0 : std::sin(tilt);
    m[k + 2 * size] *= std::cos(tilt);
  }
  TimeIntegration integration(spins.system(), 1e-5);
  integration.set_magnetization(m);
  const double long_after = 3.0 * time_to_45_degrees;
  integration.advance(time_to_45_degrees, long_after);
  const double growth = -std::log(std::tan(tilt));
  spins.for_each_spin(integration.magnetization(), [&](Vector3 spin) {
    EXPECT_NEAR(std::log(std::hypot(spin.x, spin.y) / (spin.z * std::tan(tilt))) / growth, 1.0, 0.01);
  });
  integration.advance(long_after);
  spins.for_each_spin(integration.magnetization(), [](Vector3 spin) { EXPECT_NEAR(spin.z, 0.0, 1e-5); });
}

INSTANTIATE_TEST_SUITE_P(OfTilts, HardAxis, testing::Values(1e-3, 1e-6, 1e-9));

/// Without a demagnetising field a Bloch or Neel wall is turned by a field along the easy axis with
/// gamma0 H/(1 + alpha^2) (N. L. Schryer and L. R. Walker, J. Appl. Phys. 45, 5406 (1974), without hard axis).
TEST(SlowMotion, OfAWallInAWeakFieldTurnsItAsFastAsWalkersModel) {
  constexpr double field = 40.0;
  constexpr double time = 20e-9;
  const Material material{.dmi = 0.0, .damping = 0.6};
  const Mesh mesh{300, 3, 1e-9, 1e-9, 2e-9};
  tests::StraightTrack track(material, mesh);
  track.system().set_applied_field({0.0, 0.0, field});
  TimeIntegration integration(track.system(), 1e-5);
  integration.set_magnetization(track.wall_at(150e-9));
  integration.advance(time);
  const Vector3 mean = track.system().mean_magnetization(integration.magnetization());
  const double angle = material.gyromagnetic_ratio * field * time / (1.0 + material.damping * material.damping);
  EXPECT_NEAR(std::abs(std::atan2(mean.y, mean.x)) / angle, 1.0, 0.01);
}

/// The sum of what frozen columns miss stays below a hundred tolerances.
TEST(SlowMotion, OfDomainsInASlowlyMovingWallsFieldIsNotLost) {
  constexpr double tolerance = 1e-5;
  const Mesh mesh{256, 8, 4e-9, 4e-9, 2e-9};
  const Material material{.dmi = 1e-3};
  const auto demag = std::make_shared<DemagField>(mesh, material.saturation_magnetization);
  const auto after = [&](double given_tolerance) {
    LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
    const FieldLayout layout(mesh);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const double u = (mesh.x(i) - 200e-9) / 6e-9;
        m[layout.index(i, j)] = 1.0 / std::cosh(u);
        m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
      }
    }
    TimeIntegration integration(system, given_tolerance);
    integration.set_magnetization(m);
    integration.set_current_density(0.02e12);
    integration.advance(5e-9);
    return std::vector<double>(integration.magnetization().begin(), integration.magnetization().end());
  };
  const std::vector<double> followed = after(tolerance);
  const std::vector<double> exact = after(1e-8);
  double largest = 0.0;
  for (std::size_t k = 0; k < followed.size(); ++k) {
    largest = std::max(largest, std::abs(followed[k] - exact[k]));
  }
  EXPECT_LT(largest, 100.0 * tolerance);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
