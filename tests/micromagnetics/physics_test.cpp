#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/newell.hpp"
#include "micromagnetics/relaxation.hpp"
#include "micromagnetics/runge_kutta_scheme.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

constexpr double ms = 1.1e6;

/// A short track of the default material with a wall in its middle.
device::DeviceParameters small_track() {
  device::DeviceParameters parameters;
  parameters.track = {.length = 240e-9, .width = 24e-9, .thickness = 2e-9, .cell = 2e-9};
  parameters.initial_wall = {.position = 120e-9, .width = 10e-9, .relax = true};
  return parameters;
}

TEST(DemagTensor, OfACellWithItselfHasTheTraceOne) {
  for (const std::array<double, 3>& size : {std::array{3e-9, 3e-9, 2e-9}, {1e-9, 1e-9, 2e-9}, {5e-9, 5e-9, 1e-9}}) {
    const DemagTensor n = newell_tensor(size, 0.0, 0.0);
    EXPECT_NEAR(n.xx + n.yy + n.zz, 1.0, 1e-12);
    EXPECT_NEAR(n.xx, n.yy, 1e-12);
    EXPECT_NEAR(n.xy, 0.0, 1e-12);
  }
  EXPECT_NEAR(newell_tensor({2e-9, 2e-9, 2e-9}, 0.0, 0.0).xx, 1.0 / 3.0, 1e-12);
}

TEST(DemagTensor, IsTheSameByBothFormulasWhereTheyMeet) {
  const std::array<double, 3> size = {3e-9, 3e-9, 2e-9};
  for (const auto& [x, y] : {std::pair{24e-9, 0.0}, {0.0, 24e-9}, {18e-9, 18e-9}}) {
    const DemagTensor near = newell_tensor(size, x, y);
    const DemagTensor far = far_tensor(size, x, y);
    EXPECT_NEAR(far.xx, near.xx, 1e-8 * std::abs(near.zz));
    EXPECT_NEAR(far.yy, near.yy, 1e-8 * std::abs(near.zz));
    EXPECT_NEAR(far.zz, near.zz, 1e-8 * std::abs(near.zz));
    EXPECT_NEAR(far.xy, near.xy, 1e-8 * std::abs(near.zz));
    EXPECT_NEAR(far.xx + far.yy + far.zz, 0.0, 1e-12);
  }
}

TEST(DemagField, EqualsTheDirectSumOnMeshesOfOddShape) {
  for (const auto& [nx, ny] : {std::pair{7, 5}, {1, 4}, {16, 1}, {9, 8}}) {
    const Mesh mesh{.nx = nx, .ny = ny, .dx = 3e-9, .dy = 3e-9, .dz = 2e-9};
    const FieldLayout layout(mesh);
    const std::size_t size = layout.component_size();
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
          m[layout.index(i, j) + c * size] = std::sin(1.0 + 2.0 * i + 3.0 * j + 5.0 * static_cast<double>(c));
        }
      }
    }
    std::vector<double> field(layout.size());
    DemagField(mesh, ms).compute(m, field);
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        Vector3 sum;
        for (int q = 0; q < ny; ++q) {
          for (int p = 0; p < nx; ++p) {
            const DemagTensor n = demag_tensor({3e-9, 3e-9, 2e-9}, (i - p) * 3e-9, (j - q) * 3e-9);
            const std::size_t k = layout.index(p, q);
            const Vector3 source{m[k], m[k + size], m[k + 2 * size]};
            sum = sum -
                  ms * Vector3{n.xx * source.x + n.xy * source.y, n.xy * source.x + n.yy * source.y, n.zz * source.z};
          }
        }
        const std::size_t k = layout.index(i, j);
        EXPECT_NEAR(field[k], sum.x, 1e-11 * ms);
        EXPECT_NEAR(field[k + size], sum.y, 1e-11 * ms);
        EXPECT_NEAR(field[k + 2 * size], sum.z, 1e-11 * ms);
      }
    }
  }
}

/// A film one cell wide without its demagnetising field, whose walls have closed forms. The field is replaced by a
/// lower anisotropy, K_eff.
class OneDimensional : public testing::Test {
 protected:
  static constexpr double exchange = 2e-11;
  static constexpr double k_eff = 2.4e5;

  /// Field of the local terms at every cell of a given magnetisation angle theta(x) in the xz plane.
  static double torque_y(const Mesh& mesh, const Material& material, const std::vector<double>& theta, int i) {
    const auto at = [&](int k) {
      const bool inside = k >= 0 && k < mesh.nx;
      const double angle = inside ? theta[static_cast<std::size_t>(k)] : 0.0;
      return inside ? Vector3{std::sin(angle), 0.0, std::cos(angle)} : Vector3{};
    };
    const double neighbours = (i > 0 ? 1.0 : 0.0) + (i + 1 < mesh.nx ? 1.0 : 0.0);
    const Stencil stencil{at(i), at(i + 1), at(i - 1), {}, {}, neighbours};
    const Vector3 field = field_of(ExchangeField(material, mesh), stencil) +
                          field_of(AnisotropyField(material, mesh), stencil) +
                          field_of(DmiField(material, mesh), stencil);
    return cross(stencil.centre, field).y;
  }

  /// Relaxes theta by following the torque about y.
  static std::vector<double> relaxed(const Mesh& mesh, const Material& material, std::vector<double> theta) {
    const double step = 0.2 / ExchangeField(material, mesh).coefficient;
    for (int sweep = 0; sweep < 60000; ++sweep) {
      for (int i = 0; i < mesh.nx; ++i) {
        theta[static_cast<std::size_t>(i)] += step * torque_y(mesh, material, theta, i);
      }
    }
    return theta;
  }
};

TEST_F(OneDimensional, AWallHasTheWidthSquareRootOfAOverK) {
  const Mesh mesh{.nx = 200, .ny = 1, .dx = 1e-9, .dy = 1e-9, .dz = 2e-9};
  Material material;
  material.exchange_stiffness = exchange;
  material.anisotropy = k_eff;
  material.dmi = 0.0;
  std::vector<double> theta;
  theta.reserve(static_cast<std::size_t>(mesh.nx));
  for (int i = 0; i < mesh.nx; ++i) {
    theta.push_back(std::acos(std::tanh((mesh.x(i) - 100e-9) / 14e-9)));
  }
  theta = relaxed(mesh, material, theta);
  // At the centre dm_z/dx = 1/width.
  const double slope = (std::cos(theta[100]) - std::cos(theta[99])) / mesh.dx;
  EXPECT_NEAR(1.0 / slope, std::sqrt(exchange / k_eff), 0.005 * std::sqrt(exchange / k_eff));
}

TEST_F(OneDimensional, DmiTiltsTheMagnetizationAtAnEdge) {
  const Mesh mesh{.nx = 150, .ny = 1, .dx = 0.5e-9, .dy = 0.5e-9, .dz = 2e-9};
  Material material;
  material.exchange_stiffness = exchange;
  material.anisotropy = k_eff;
  material.dmi = 1e-3;
  const std::vector<double> theta = relaxed(mesh, material, std::vector<double>(150, 0.0));
  // Rohart and Thiaville, Phys. Rev. B 88, 184422 (2013), eq. 11: sin(theta) = D/(2A) sqrt(A/K) at the very edge; the
  // cells next to it are extrapolated there.
  const double width = std::sqrt(exchange / k_eff);
  const double expected = material.dmi / (2.0 * exchange) * width;
  const double at_edge = std::abs(std::sin(1.5 * theta[0] - 0.5 * theta[1]));
  EXPECT_NEAR(at_edge, expected, 0.03 * expected);
}

TEST(Relaxation, LowersTheEnergyAtEveryMoment) {
  const device::DeviceParameters p = small_track();
  const Mesh mesh = device::make_mesh(p);
  Material material = p.material;
  material.damping = 1.0;
  LlgsSystem system(material, mesh, device::make_mask(p), std::make_shared<DemagField>(mesh, ms));
  TimeIntegration integration(system, 1e-6);
  integration.set_magnetization(device::straight_wall(p));
  double before = std::numeric_limits<double>::max();
  for (int k = 0; k < 40; ++k) {
    const Energies terms = system.energies(integration.magnetization());
    const double energy = terms[0] + terms[1] + terms[2] + terms[3];
    EXPECT_LE(energy, before + 1e-9 * std::abs(before)) << "after " << k << " ps";
    before = energy;
    integration.advance((k + 1) * 1e-12);
  }
}

TEST(TimeIntegration, KeepsEveryMagnetizationAUnitVector) {
  const device::DeviceParameters p = small_track();
  const Mesh mesh = device::make_mesh(p);
  LlgsSystem system(p.material, mesh, device::make_mask(p), std::make_shared<DemagField>(mesh, ms));
  TimeIntegration integration(system, 1e-5);
  integration.set_magnetization(device::straight_wall(p));
  integration.set_current_density(0.5e12);
  integration.advance(50e-12);
  const auto m = integration.magnetization();
  const std::size_t size = system.layout().component_size();
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const std::size_t k = system.layout().index(i, j);
      EXPECT_NEAR(std::hypot(m[k], m[k + size], m[k + 2 * size]), 1.0, 1e-12);
    }
  }
}

TEST(TimeIntegration, TheOppositeCurrentDrivesTheMirroredWallTheOppositeWay) {
  // A rotation by pi about y maps (mx, my, mz)(x) to (-mx, my, -mz)(-x); it keeps D and reverses J's direction, so a
  // down|up wall in the middle goes as far to -x as it went to +x.
  const device::DeviceParameters p = small_track();
  const Mesh mesh = device::make_mesh(p);
  double displacement[2];
  for (const int side : {0, 1}) {
    LlgsSystem system(p.material, mesh, device::make_mask(p), std::make_shared<DemagField>(mesh, ms));
    TimeIntegration integration(system, 1e-7);
    integration.set_magnetization(device::straight_wall(p));
    integration.set_current_density(side == 0 ? 0.5e12 : -0.5e12);
    integration.advance(100e-12);
    displacement[side] = system.mean_magnetization(integration.magnetization()).z;
  }
  EXPECT_LT(displacement[0], -0.01);
  EXPECT_NEAR(displacement[0], -displacement[1], 1e-5);
}

TEST(RungeKuttaSchemes, WithThreeStagesIsHeunsMethodWithItsKnownRadiusOnTheNegativeRealAxis) {
  EXPECT_NEAR(stability_radius({1.0 / 3.0, 2.0 / 3.0}, 1e6), 2.5127, 2e-2);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
