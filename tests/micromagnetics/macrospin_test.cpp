#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "micromagnetics/independent_spins.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/time_integration.hpp"
#include "micromagnetics/uniaxial_spin.hpp"

namespace spinsweep::micromagnetics {
namespace {

using tests::IndependentSpins;
using tests::Sample;
using tests::UniaxialSpin;

TEST(UniaxialSpinOfFokkerAndPlanck, DiffusesFreelyWithoutAnisotropy) {
  const UniaxialSpin free(0.0);
  EXPECT_NEAR(free.switching_rate(), 2.0, 1e-4);
  EXPECT_NEAR(free.mean_from_pole(0.3), std::exp(-0.6), 1e-4);
}

TEST(UniaxialSpinOfFokkerAndPlanck, SwitchesAtTheRateOfBrownOverAHighBarrier) {
  // W. F. Brown (1963), with the first correction in 1/s: D 4 s^(3/2) pi^(-1/2) exp(-s) (1 - 1/s).
  constexpr double s = 15.0;
  const double brown = 4.0 * std::pow(s, 1.5) / std::sqrt(std::acos(-1.0)) * std::exp(-s);
  EXPECT_NEAR(UniaxialSpin(s).switching_rate() / brown, 1.0 - 1.0 / s, 2.0 / (s * s));
}

/// Rate at which spins over that barrier lose their mean direction, over that of the Fokker-Planck equation.
/// relaxation_times: that the spins are watched for.
void expect_switching_rate(double barrier, double relaxation_times) {
  constexpr double edge = 4e-9;
  constexpr double thermal_energy = constants::boltzmann_constant * 300.0;
  IndependentSpins spins(
      {.anisotropy = barrier * thermal_energy / std::pow(edge, 3), .edge = edge, .cells_along_edge = 256});
  const UniaxialSpin exact(barrier);
  const double time = relaxation_times / exact.switching_rate();
  TimeIntegration integration(spins.system(), 1e-5, 6);
  integration.set_magnetization(spins.along_z());
  const auto mean_at = [&](double moment) {
    integration.advance(moment / spins.diffusion());
    Sample mz;
    spins.for_each_spin(integration.magnetization(), [&](Vector3 m) { mz.add(m.z); });
    return mz;
  };
  // The motion inside a well has decayed by then.
  constexpr double settled = 1.0;
  const Sample early = mean_at(settled);
  const Sample late = mean_at(settled + time);
  const double rate = std::log(early.mean() / late.mean()) / time;
  const double error = std::hypot(early.error() / early.mean(), late.error() / late.mean()) / time;
  EXPECT_LT(error, 0.02 * exact.switching_rate());
  EXPECT_NEAR(rate / exact.switching_rate(), 1.0, 0.05) << "error " << error / exact.switching_rate();
  testing::Test::RecordProperty("rate_over_exact", std::to_string(rate / exact.switching_rate()));
  testing::Test::RecordProperty("error", std::to_string(error / exact.switching_rate()));
}

TEST(Macrospin, SwitchesAtTheRateOfFokkerAndPlanckOverABarrierOf3kT) {
  expect_switching_rate(3.0, 0.8);
}

TEST(Macrospin, SwitchesAtTheRateOfFokkerAndPlanckOverABarrierOf5kT) {
  expect_switching_rate(5.0, 0.6);
}

TEST(Macrospin, SwitchesAtTheRateOfFokkerAndPlanckOverABarrierOf8kT) {
  expect_switching_rate(8.0, 0.4);
}

TEST(Macrospin, FallsOffItsAxisAsInMumax3sTestOfTemperature) {
  // test/rk4temperature.mx3 of mumax3 expects 0.8366(10) after 5 ns.
  constexpr double time = 5e-9;
  constexpr double exact = 0.83701;
  Sample mz;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    IndependentSpins spins({.temperature = 100.0,
                            .damping = 0.1,
                            .anisotropy = 2500.0,
                            .edge = 10e-9,
                            .saturation_magnetization = 1e6,
                            .cells_along_edge = 256});
    EXPECT_NEAR(UniaxialSpin(spins.barrier()).mean_from_pole(time * spins.diffusion()), exact, 3e-5);
    TimeIntegration integration(spins.system(), 1e-5, seed);
    integration.set_magnetization(spins.along_z());
    integration.advance(time);
    spins.for_each_spin(integration.magnetization(), [&](Vector3 m) { mz.add(m.z); });
  }
  EXPECT_LT(mz.error(), 3e-4);
  EXPECT_NEAR(mz.mean(), exact, 3.0 * mz.error());
  testing::Test::RecordProperty("mean_mz", std::to_string(mz.mean()));
  testing::Test::RecordProperty("error", std::to_string(mz.error()));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
