#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "base/error.hpp"
#include "micromagnetics/thermal_stepper.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

class ThermalIntegration : public testing::Test {
 protected:
  static constexpr double end = 6e-12;
  Mesh mesh{30, 10, 3e-9, 3e-9, 2e-9};
  Material material{.temperature = 300.0};
  std::shared_ptr<DemagField> demag = std::make_shared<DemagField>(mesh, 1.1e6);

  std::vector<double> wall() const {
    const FieldLayout layout(mesh);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const double u = (mesh.x(i) - 45e-9) / 10e-9;
        m[layout.index(i, j)] = 1.0 / std::cosh(u);
        m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
      }
    }
    return m;
  }

  std::vector<double> run(std::uint64_t seed, double temperature) {
    material.temperature = temperature;
    LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
    TimeIntegration integration(system, 1e-6, seed);
    integration.set_magnetization(wall());
    integration.set_current_density(0.5e12);
    EXPECT_TRUE(integration.advance(end));
    const auto m = integration.magnetization();
    return {m.begin(), m.end()};
  }

  /// Largest difference of a component from the integration at zero temperature.
  double error_without_noise(ThermalSteps steps) {
    material.temperature = 0.0;
    LlgsSystem cold(material, mesh, Mask(mesh.cells(), 1), demag);
    TimeIntegration reference(cold, 1e-8);
    reference.set_magnetization(wall());
    reference.set_current_density(0.5e12);
    reference.advance(end);
    // Its noise turns cells by 1e-7.
    material.temperature = 1e-10;
    LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
    system.set_current_density(0.5e12);
    ThermalStepper stepper(system, 1, steps);
    std::vector<double> m = wall();
    for (double time = 0.0; time < end;) {
      time = stepper.step(time, end, m);
    }
    double error = 0.0;
    for (std::size_t k = 0; k < m.size(); ++k) {
      error = std::max(error, std::abs(m[k] - reference.magnetization()[k]));
    }
    return error;
  }
};

TEST_F(ThermalIntegration, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const auto first = run(1, 300.0);
  EXPECT_EQ(first, run(1, 300.0));
  EXPECT_NE(first, run(2, 300.0));
}

TEST_F(ThermalIntegration, WithoutNoiseConvergesWithTheSquareOfTheInnerStep) {
  demag = std::make_shared<DemagField>(mesh, 0.0);
  const double coarse = error_without_noise({0.2e-12, 0.05e-12});
  const double fine = error_without_noise({0.2e-12, 0.025e-12});
  EXPECT_NEAR(coarse / fine, 4.0, 0.4);
  EXPECT_LT(fine, 5e-5);
}

TEST_F(ThermalIntegration, WithoutNoiseConvergesWithTheOuterStep) {
  const double coarse = error_without_noise({0.5e-12, 0.0125e-12});
  const double fine = error_without_noise({0.125e-12, 0.0125e-12});
  EXPECT_NEAR(coarse / fine, 4.0, 0.6);
  EXPECT_LT(fine, 2e-4);
}

TEST_F(ThermalIntegration, KeepsEveryMagnetizationAUnitVector) {
  const auto m = run(1, 300.0);
  const FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t k = layout.index(i, j);
      EXPECT_NEAR(std::hypot(m[k], m[k + size], m[k + 2 * size]), 1.0, 1e-12);
    }
  }
}

TEST_F(ThermalIntegration, ResumesToTheBitWhereverItWasStopped) {
  const auto wanted = run(5, 300.0);
  for (const int steps : {1, 2, 4}) {
    IntegrationState state;
    {
      LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
      TimeIntegration integration(system, 1e-6, 5);
      integration.set_magnetization(wall());
      integration.set_current_density(0.5e12);
      int taken = 0;
      integration.observe([&] { return ++taken == steps; });
      ASSERT_FALSE(integration.advance(end));
      state = integration.state();
    }
    LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
    TimeIntegration resumed(system, 1e-6, 5);
    resumed.restore(state);
    ASSERT_TRUE(resumed.advance(end));
    EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(), resumed.magnetization().begin())) << "after " << steps;
  }
}

TEST_F(ThermalIntegration, FollowsTheSameTrajectoryWhereverItIsLookedAt) {
  constexpr double corner = 5e-12;
  LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration straight(system, 1e-6, 9);
  straight.set_magnetization(wall());
  straight.set_current_density(0.5e12);
  straight.advance(corner);
  LlgsSystem other_system(material, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration observed(other_system, 1e-6, 9);
  observed.set_magnetization(wall());
  observed.set_current_density(0.5e12);
  for (const double moment : {0.1e-12, 0.7e-12, 1e-12, 2.5e-12, 2.6e-12, 4.999e-12, corner}) {
    ASSERT_TRUE(observed.advance(moment, corner));
    EXPECT_EQ(observed.time(), moment);
  }
  const auto m = straight.magnetization();
  EXPECT_TRUE(std::equal(m.begin(), m.end(), observed.magnetization().begin()));
  EXPECT_EQ(straight.counts().steps, observed.counts().steps);
}

TEST_F(ThermalIntegration, EndsOnCornersBetweenItsSteps) {
  LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration integration(system, 1e-6, 9);
  integration.set_magnetization(wall());
  integration.set_current_density(0.5e12);
  EXPECT_TRUE(integration.advance(0.3e-12));
  EXPECT_EQ(integration.counts().steps, 1);
  integration.set_current_density(0.0);
  EXPECT_TRUE(integration.advance(1.5e-12));
  EXPECT_EQ(integration.time(), 1.5e-12);
  EXPECT_EQ(integration.counts().steps, 3);
}

TEST_F(ThermalIntegration, RefusesAStepperOfPetscThatWouldLeaveTheNoiseOut) {
  PetscOptionsSetValue(nullptr, "-ts_type", "rk");
  LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
  EXPECT_THROW(TimeIntegration(system, 1e-6, 1), EnvironmentError);
  PetscOptionsClearValue(nullptr, "-ts_type");
}

}  // namespace
}  // namespace spinsweep::micromagnetics
