#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "micromagnetics/control_scan.hpp"
#include "micromagnetics/stability.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

TEST(AdaptiveControl, KeepsItsAccuracyAtTheCornersOfWhatIsSwept) {
  for (const double cell : {5e-9, 2e-9}) {
    for (const double damping : {0.005, 1.0}) {
      for (const double dmi : {-3e-3, 3e-3}) {
        for (const double current_density : {0.0, 5e12}) {
          const tests::ControlPoint point{current_density, damping, dmi, cell};
          const auto figures = tests::control_figures(point, static_cast<int>(100e-9 / cell), 6, 20e-12);
          EXPECT_LE(figures.mean_difference, 1e-4) << point.text();
          EXPECT_LE(figures.length_error, 1e-12) << point.text();
        }
      }
    }
  }
}

TEST(AdaptiveControl, KeepsItsAccuracyOnTheFinestMesh) {
  const tests::ControlPoint point{5e12, 0.005, -3e-3, 1e-9};
  const auto figures = tests::control_figures(point, 60, 8, 10e-12);
  EXPECT_LE(figures.mean_difference, 1e-4);
  EXPECT_LE(figures.length_error, 1e-12);
}

/// The default material on a small film.
class SmallFilm : public testing::Test {
 protected:
  Mesh mesh{16, 4, 3e-9, 3e-9, 2e-9};
  std::shared_ptr<DemagField> demag = std::make_shared<DemagField>(mesh, 1.1e6);

  std::vector<double> along_z() const {
    const FieldLayout layout(mesh);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        m[layout.index(i, j) + 2 * layout.component_size()] = 1.0;
      }
    }
    return m;
  }
};

TEST_F(SmallFilm, FailsWithItsReasonWhereNoStepMeetsTheTolerance) {
  // The demagnetising field is far stronger than the saturation magnetisation that enters the stability bound.
  LlgsSystem system({}, mesh, Mask(mesh.cells(), 1), std::make_shared<DemagField>(mesh, 1e30));
  TimeIntegration integration(system, 1e-5);
  auto m = along_z();
  m[FieldLayout(mesh).index(3, 2)] = 1.0;
  integration.set_magnetization(m);
  try {
    integration.advance(1e-12);
    FAIL() << "no error";
  } catch (const SimulationError& error) {
    EXPECT_NE(std::string(error.what()).find("no step meets the tolerance"), std::string::npos) << error.what();
  }
}

TEST_F(SmallFilm, FailsAtOnceWhereStableStepsWouldNeverEnd) {
  Material material;
  material.exchange_stiffness = 1e10;
  LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration integration(system, 1e-5);
  integration.set_magnetization(along_z());
  integration.set_current_density(1e12);
  EXPECT_THROW((void)integration.advance(50e-12), SimulationError);
}

TEST_F(SmallFilm, FailsAtOnceUnderACurrentThatLeavesNoStableStep) {
  LlgsSystem system({}, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration integration(system, 1e-5);
  integration.set_magnetization(along_z());
  integration.set_current_density(1e300);
  EXPECT_THROW((void)integration.advance(1e-12), SimulationError);
}

TEST_F(SmallFilm, RefusesAMagnetizationThatIsNotFinite) {
  LlgsSystem system({}, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration integration(system, 1e-5);
  auto m = along_z();
  m[FieldLayout(mesh).index(3, 2)] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(integration.set_magnetization(m), SimulationError);
}

TEST_F(SmallFilm, ErrsByNoMoreThanItsToleranceInEveryStepOfAStrongAppliedField) {
  // 1 T and 10 T across the easy axis.
  for (const double field : {8e5, 8e6}) {
    constexpr double tolerance = 1e-5;
    Vector3 mean[2];
    std::int64_t fast_steps = 0;
    for (const int run : {0, 1}) {
      LlgsSystem system({.damping = 0.01}, mesh, Mask(mesh.cells(), 1), demag);
      system.set_applied_field({field, 0.0, 0.0});
      TimeIntegration integration(system, run == 0 ? tolerance : 0.01 * tolerance);
      integration.set_magnetization(along_z());
      integration.advance(20e-12);
      mean[run] = system.mean_magnetization(integration.magnetization());
      fast_steps = run == 0 ? integration.counts().fast_steps : fast_steps;
    }
    const Vector3 difference = mean[0] - mean[1];
    EXPECT_LE(std::sqrt(dot(difference, difference)), tolerance * static_cast<double>(fast_steps)) << field;
    if (field < 1e6) {
      EXPECT_LE(std::sqrt(dot(difference, difference)), 1e-4);
    }
  }
}

TEST_F(SmallFilm, HasASpectrumWithinItsBoundUnderACurrentThatOutweighsEveryField) {
  // Along the polarisation -y of the spins the damping-like torque slows every deviation at the rate b.
  const Material material{
      .saturation_magnetization = 1e5, .exchange_stiffness = 1e-13, .anisotropy = 0.0, .dmi = 0.0, .damping = 0.6};
  LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), std::make_shared<DemagField>(mesh, 0.0));
  const FieldLayout layout(mesh);
  std::vector<double> m(layout.size(), 0.0);
  constexpr double small = 1e-6;
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      m[layout.index(i, j)] = small;
      m[layout.index(i, j) + layout.component_size()] = -1.0;
    }
  }
  const double without_current = spectral_radius_bound(system);
  system.set_current_density(5e12);
  std::vector<double> slope(layout.size());
  system.derivative(m, slope);
  const std::size_t k = layout.index(mesh.nx / 2, mesh.ny / 2);
  const double rate = std::hypot(slope[k], slope[k + 2 * layout.component_size()]) / small;
  EXPECT_GT(rate, without_current);
  EXPECT_LE(rate, spectral_radius_bound(system));
}

TEST_F(SmallFilm, HasASpectrumWithinItsBoundWhateverTheSignOfD) {
  // The checkerboard is the fastest spin wave of the mesh: its rate must come close to the bound and not exceed it.
  for (const double dmi : {-3e-3, 0.0, 3e-3}) {
    const Material material{.dmi = dmi, .damping = 0.01};
    LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), std::make_shared<DemagField>(mesh, 0.0));
    auto m = along_z();
    const FieldLayout layout(mesh);
    constexpr double small = 1e-6;
    double norm = 0.0;
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const double sign = (i + j) % 2 == 0 ? small : -small;
        m[layout.index(i, j)] = sign;
        norm += small * small;
      }
    }
    std::vector<double> rate(layout.size());
    std::vector<double> rate_at_rest(layout.size());
    system.derivative(m, rate);
    system.derivative(along_z(), rate_at_rest);  // not zero at the edges if D is not
    double square = 0.0;
    for (std::size_t k = 0; k < 2 * layout.component_size(); ++k) {
      square += std::pow(rate[k] - rate_at_rest[k], 2);
    }
    EXPECT_LE(std::sqrt(square / norm), spectral_radius_bound(system));
    EXPECT_GE(std::sqrt(square / norm), 0.5 * spectral_radius_bound(system));
  }
}

/// A straight wall in a track of 4 nm cells.
class StiffTrack : public testing::Test {
 protected:
  Mesh mesh{75, 12, 4e-9, 4e-9, 2e-9};
  std::shared_ptr<DemagField> demag = std::make_shared<DemagField>(mesh, 1.1e6);

  [[nodiscard]] std::vector<double> wall() const {
    const FieldLayout layout(mesh);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const double u = (mesh.x(i) - 60e-9) / 10e-9;
        m[layout.index(i, j)] = 1.0 / std::cosh(u);
        m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
      }
    }
    return m;
  }
};

TEST_F(StiffTrack, NeverRepeatsAnAttemptForEver) {
  // 0.5 and 1 J/m2 are mJ/m2 that someone forgot to convert.
  for (const double dmi : {0.05, 0.5, 1.0, -1.0}) {
    for (const double damping : {0.3, 1.0}) {
      LlgsSystem system({.dmi = dmi, .damping = damping}, mesh, Mask(mesh.cells(), 1), demag);
      TimeIntegration integration(system, 1e-5);
      integration.set_magnetization(wall());
      std::int64_t looks = 0;
      integration.watch_steps([&looks] {
        if (++looks > 100000) {
          throw SimulationError("it does not end");
        }
      });
      EXPECT_TRUE(integration.advance(0.5e-12)) << dmi << ' ' << damping;
    }
  }
}

TEST_F(StiffTrack, CanBeStoppedWithinAStepAndIsThenWhereTheStepBegan) {
  LlgsSystem system({.exchange_stiffness = 1e-8, .damping = 0.3}, mesh, Mask(mesh.cells(), 1), demag);
  TimeIntegration integration(system, 1e-5);
  integration.set_magnetization(wall());
  integration.advance(0.1e-12);
  const std::vector<double> before(integration.magnetization().begin(), integration.magnetization().end());
  integration.watch_steps([] { throw SimulationError("stopped"); });
  double reached = integration.time();
  std::vector<double> last_step = before;
  integration.observe([&] {
    reached = integration.time();
    last_step.assign(integration.magnetization().begin(), integration.magnetization().end());
    return false;
  });
  EXPECT_THROW((void)integration.advance(1e-9), SimulationError);
  EXPECT_EQ(integration.time(), reached);
  EXPECT_TRUE(std::equal(last_step.begin(), last_step.end(), integration.magnetization().begin()));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
