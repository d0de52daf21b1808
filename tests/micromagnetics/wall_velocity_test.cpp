#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>

#include "base/constants.hpp"
#include "micromagnetics/straight_track.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// m/s, at zero temperature
double velocity(const Material& material, double current_density) {
  // The lattice makes the wall slower by (cell/Delta)^2/8, about: 3 % with cells of 2 nm.
  const Mesh mesh{300, 3, 1e-9, 1e-9, 2e-9};
  return tests::StraightTrack(material, mesh).velocity(current_density, 1e-6, 0.2e-9, 0.5e-9);
}

/// v = v_D/sqrt(1 + (J_D/J)^2): A. Thiaville, S. Rohart, E. Jue, V. Cros and A. Fert, EPL 100, 57002 (2012), for the
/// spin-Hall torque. v_D = pi g0 D/(2 mu0 Ms), J_D = 2 alpha e t D/(hbar P Delta).
double velocity_of_one_dimensional_model(const Material& material, double thickness, double current_density) {
  const double width = std::sqrt(material.exchange_stiffness / material.anisotropy);
  const double largest = std::numbers::pi * material.gyromagnetic_ratio * material.dmi /
                         (2.0 * constants::vacuum_permeability * material.saturation_magnetization);
  const double current = 2.0 * material.damping * constants::elementary_charge * thickness * material.dmi /
                         (constants::reduced_planck_constant * material.spin_hall_angle * width);
  return std::copysign(largest / std::sqrt(1.0 + std::pow(current / current_density, 2)),
                       current_density * material.dmi);
}

TEST(WallVelocity, IsThatOfTheOneDimensionalModelForEitherSignOfDmiAndCurrent) {
  for (const double dmi : {1e-3, -1e-3}) {
    for (const double current_density : {0.3e12, 0.8e12, -0.3e12}) {
      const Material material{.dmi = dmi};
      const double expected = velocity_of_one_dimensional_model(material, 2e-9, current_density);
      const double measured = velocity(material, current_density);
      EXPECT_NEAR(measured / expected, 1.0, 0.02) << "D " << dmi << ", J " << current_density;
      testing::Test::RecordProperty(
          "over_model_D_" + std::to_string(dmi * 1e3) + "_J_" + std::to_string(current_density * 1e-12),
          std::to_string(measured / expected));
    }
  }
}

}  // namespace
}  // namespace spinsweep::micromagnetics
