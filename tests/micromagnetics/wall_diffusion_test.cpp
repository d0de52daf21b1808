#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/constants.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/straight_track.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

TEST(WallDiffusion, IsThatOfTheOneDimensionalModel) {
  // Einstein's relation with the mobility of the one-dimensional model: a force F = 2 mu0 Ms H w t moves the wall at
  // g0 Delta H/alpha, so that D = kB T g0 Delta/(2 alpha mu0 Ms w t).
  constexpr double interval = 0.5e-9;
  constexpr int intervals = 12;
  constexpr int walls = 100;
  const Mesh mesh{160, 12, 2e-9, 2e-9, 2e-9};
  const Material material{.dmi = 1e-3, .temperature = 100.0};
  tests::StraightTrack track(material, mesh);
  const double expected = constants::boltzmann_constant * material.temperature * material.gyromagnetic_ratio *
                          track.wall_width() /
                          (2.0 * material.damping * constants::vacuum_permeability *
                           material.saturation_magnetization * mesh.ny * mesh.dy * mesh.dz);
  tests::Sample shift, square;
  for (int wall = 0; wall < walls; ++wall) {
    TimeIntegration integration(track.system(), 1e-5, static_cast<std::uint64_t>(wall));
    integration.set_magnetization(track.wall_at(160e-9));
    integration.advance(0.2e-9);
    double before = track.position(integration.magnetization());
    for (int k = 0; k < intervals; ++k) {
      integration.advance(integration.time() + interval);
      const double position = track.position(integration.magnetization());
      shift.add(position - before);
      square.add(std::pow(position - before, 2));
      before = position;
    }
  }
  const double diffusion = square.mean() / (2.0 * interval) / expected;
  const double error = square.error() / (2.0 * interval) / expected;
  EXPECT_NEAR(shift.mean(), 0.0, tests::four_errors * shift.error());
  EXPECT_LT(error, 0.05);
  EXPECT_NEAR(diffusion, 1.0, 0.1);
  testing::Test::RecordProperty("diffusion_over_model", std::to_string(diffusion));
  testing::Test::RecordProperty("error", std::to_string(error));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
