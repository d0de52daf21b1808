#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/constants.hpp"
#include "micromagnetics/equipartition.hpp"
#include "micromagnetics/independent_spins.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

using tests::four_errors;
using tests::IndependentSpins;
using tests::Sample;

TEST(ThermalField, GivesFreeSpinsInAFieldTheMagnetizationOfLangevin) {
  // P. Langevin (1905): <m_z> = coth(x) - 1/x with x = mu0 Ms V H/(kB T).
  constexpr double ratio = 2.0;
  IndependentSpins spins({});
  const double field = ratio * spins.thermal_energy() / spins.moment();
  spins.system().set_applied_field({0.0, 0.0, field});
  TimeIntegration integration(spins.system(), 1e-5, 1);
  integration.set_magnetization(spins.along_z());
  const double langevin = 1.0 / std::tanh(ratio) - 1.0 / ratio;
  Sample mz, mx;
  // The slowest mode decays within (1 + alpha^2)/(alpha gamma0 H), times a number near 1.
  const double decay = 1.25 / (0.5 * 2.211e5 * field);
  for (int k = 0; k < 4; ++k) {
    integration.advance((k + 1) * 8.0 * decay);
    spins.for_each_spin(integration.magnetization(), [&](Vector3 m) {
      mz.add(m.z);
      mx.add(m.x);
    });
  }
  EXPECT_LT(mz.error(), 0.01 * langevin);
  EXPECT_NEAR(mz.mean(), langevin, four_errors * mz.error());
  EXPECT_NEAR(mx.mean(), 0.0, four_errors * mx.error());
}

TEST(ThermalField, GivesSpinsWithAnEasyAxisTheDistributionOfBoltzmann) {
  // The density of m_z is exp(k m_z^2) with k = Ku V/(kB T), and even; from m_z = 1 it is reached by crossing m_z = 0.
  constexpr double ratio = 1.5;
  IndependentSpins spins({.anisotropy = ratio * constants::boltzmann_constant * 300.0 / std::pow(4e-9, 3)});
  TimeIntegration integration(spins.system(), 1e-5, 2);
  integration.set_magnetization(spins.along_z());
  double weight = 0.0;
  double second_moment = 0.0;
  for (int k = 0; k < 20000; ++k) {
    const double z = (k + 0.5) / 20000;
    weight += std::exp(ratio * z * z);
    second_moment += z * z * std::exp(ratio * z * z);
  }
  Sample mz, mz2;
  const double thermal_rate = 2.211e5 * 0.5 * spins.thermal_energy() / spins.moment();
  for (int k = 0; k < 2; ++k) {
    integration.advance((k + 1) * 12.0 / thermal_rate);
    spins.for_each_spin(integration.magnetization(), [&](Vector3 m) {
      mz.add(m.z);
      mz2.add(m.z * m.z);
    });
  }
  EXPECT_NEAR(mz.mean(), 0.0, four_errors * mz.error());
  EXPECT_LT(mz2.error(), 0.01 * second_moment / weight);
  EXPECT_NEAR(mz2.mean(), second_moment / weight, four_errors * mz2.error());
}

TEST(ThermalField, SpreadsTheEnergyEquallyAtTheDampingOfTheStudy) {
  tests::expect_equipartition(8, 3e-9, 0.6, 1e-3);
}

TEST(ThermalField, SpreadsTheEnergyOfTheTemperatureToWhichItHasRisen) {
  // From 0.1 K within 10 ps, which is less than the modes need.
  constexpr double risen = 0.3;
  tests::expect_equipartition(8, 3e-9, 0.6, 1e-3,
                              {[](double time) { return 0.1 + (risen - 0.1) * std::min(1.0, time / 10e-12); }, risen});
}

}  // namespace
}  // namespace spinsweep::micromagnetics
