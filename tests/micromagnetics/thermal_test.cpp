#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/stability.hpp"
#include "micromagnetics/thermal_field.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

using tests::four_errors;
using tests::Sample;

TEST(NormalNumbers, HaveTheMomentsOfTheNormalDistributionAndAreUncorrelated) {
  Sample mean, square, fourth, between_components, between_cells, between_steps, between_seeds;
  for (std::uint64_t step = 0; step < 100; ++step) {
    for (std::uint32_t cell = 0; cell < 2000; ++cell) {
      const Vector3 n = normal_numbers(7, step, cell);
      for (const double x : {n.x, n.y, n.z}) {
        mean.add(x);
        square.add(x * x);
        fourth.add(x * x * x * x);
      }
      between_components.add(n.x * n.y + n.y * n.z + n.z * n.x);
      between_cells.add(n.x * normal_numbers(7, step, cell + 1).x);
      between_steps.add(n.x * normal_numbers(7, step + 1, cell).x);
      between_seeds.add(n.x * normal_numbers(8, step, cell).x);
    }
  }
  EXPECT_NEAR(mean.mean(), 0.0, four_errors * mean.error());
  EXPECT_NEAR(square.mean(), 1.0, four_errors * square.error());
  EXPECT_NEAR(fourth.mean(), 3.0, four_errors * fourth.error());
  for (const Sample& correlation : {between_components, between_cells, between_steps, between_seeds}) {
    EXPECT_NEAR(correlation.mean(), 0.0, four_errors * correlation.error());
  }
}

TEST(NormalNumbers, DifferBeyondTheTwoToTheThirtySecondStep) {
  const std::uint64_t far = std::uint64_t{1} << 32U;
  EXPECT_NE(normal_numbers(1, 0, 0).x, normal_numbers(1, far, 0).x);
  EXPECT_NE(normal_numbers(1, 0, 0).x, normal_numbers(far + 1, 0, 0).x);
}

TEST(HeunEquipartition, HoldsToTheErrorUpToTheRadiusOnTheNegativeRealAxis) {
  // There the energy is off by (1 - z/2)^2/(1 - z + z^2/2 - z^3/8) - 1, about -z^2/4.
  const double radius = heun_equipartition_radius(1e9, 0.01);
  EXPECT_NEAR(radius, 0.2, 0.02);
}

class ThermalIntegration : public testing::Test {
 protected:
  static constexpr double end = 2e-12;
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
};

TEST_F(ThermalIntegration, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const auto first = run(1, 300.0);
  EXPECT_EQ(first, run(1, 300.0));
  EXPECT_NE(first, run(2, 300.0));
}

TEST_F(ThermalIntegration, TendsToTheIntegrationWithoutNoise) {
  const auto cold = run(1, 0.0);
  const auto cool = run(1, 1e-6);
  double largest = 0.0;
  for (std::size_t k = 0; k < cold.size(); ++k) {
    largest = std::max(largest, std::abs(cold[k] - cool[k]));
  }
  // What is left is the difference of the two methods, at the accuracy asked of a run.
  EXPECT_LT(largest, 1e-4);
  EXPECT_GT(largest, 0.0);
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
  for (const int steps : {1, 3, 10}) {
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

TEST_F(ThermalIntegration, RefusesAStepperOfPetscThatWouldLeaveTheNoiseOut) {
  PetscOptionsSetValue(nullptr, "-ts_type", "rk");
  LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
  EXPECT_THROW(TimeIntegration(system, 1e-6, 1), EnvironmentError);
  PetscOptionsClearValue(nullptr, "-ts_type");
}

}  // namespace
}  // namespace spinsweep::micromagnetics
