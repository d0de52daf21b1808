#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <vector>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/attempt_frequency.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/minimization.hpp"
#include "micromagnetics/minimum_energy_path.hpp"
#include "micromagnetics/newell.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {
namespace {

DemagTensor no_tensor(const std::array<double, 3>& /*size*/, double /*x*/, double /*y*/) {
  return {};
}

std::shared_ptr<DemagField> demag_of(const Mesh& mesh, const Material& material, bool demagnetizes) {
  const TensorFunction tensor = demagnetizes ? TensorFunction(demag_tensor) : TensorFunction(no_tensor);
  return std::make_shared<DemagField>(mesh, material.saturation_magnetization, RowDecomposition(mesh.ny), tensor);
}

/// A film in which every cell is magnetic, with or without its demagnetising field.
LlgsSystem film(const Material& material, const Mesh& mesh, bool demagnetizes) {
  return LlgsSystem(material, mesh, Mask(mesh.cells(), 1), demag_of(mesh, material, demagnetizes));
}

TEST(LargestModulus, IsNotANumberWhereAComponentIsNot) {
  const FieldLayout layout({.nx = 21, .ny = 2, .dx = 1e-9, .dy = 1e-9, .dz = 1e-9});
  std::vector<double> field(layout.size(), 0.0);
  field[layout.index(20, 1)] = -3.0;
  field[layout.index(20, 1) + layout.component_size()] = 4.0;
  EXPECT_EQ(largest_modulus(layout, field), 5.0);
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    for (const std::size_t k : {layout.index(0, 0), layout.index(20, 1)}) {
      std::vector<double> other = field;
      other[k] = wrong;
      EXPECT_TRUE(std::isnan(largest_modulus(layout, other)));
    }
  }
}

/// One cell.
class Macrospin : public testing::Test {
 protected:
  static constexpr Mesh mesh{.nx = 1, .ny = 1, .dx = 4e-9, .dy = 4e-9, .dz = 2e-9};

  static std::vector<double> along(const FieldLayout& layout, Vector3 m) {
    std::vector<double> field(layout.size(), 0.0);
    const std::size_t k = layout.index(0, 0);
    const double length = std::sqrt(dot(m, m));
    field[k] = m.x / length;
    field[k + layout.component_size()] = m.y / length;
    field[k + 2 * layout.component_size()] = m.z / length;
    return field;
  }

  /// Barrier from the minimum near +z to the one near -z, J.
  static double barrier(LlgsSystem& system, bool back = false) {
    const DescentSettings settings{.tolerance = 1e-9};
    const FieldLayout& layout = system.layout();
    std::vector<double> up = along(layout, {0.1, 0.02, 1.0});
    std::vector<double> down = along(layout, {0.1, -0.02, -1.0});
    EXPECT_TRUE(minimize_energy(system, settings, up).converged);
    EXPECT_TRUE(minimize_energy(system, settings, down).converged);
    std::vector<std::vector<double>> images;
    for (int i = 0; i <= 8; ++i) {
      images.emplace_back(layout.size(), 0.0);
      interpolate_on_geodesic(layout, up, down, i / 8.0, images.back());
    }
    PathSettings path_settings;
    path_settings.energy_tolerance = 2e-5 * system.material().anisotropy * system.mesh().cell_volume();
    const MinimumEnergyPath path = minimum_energy_path(system, images, path_settings);
    return back ? path.barrier_back() : path.barrier_forth();
  }
};

TEST_F(Macrospin, HasTheBarrierKV) {
  Material material;
  material.dmi = 0.0;
  LlgsSystem system = film(material, mesh, false);
  const double expected = material.anisotropy * mesh.cell_volume();
  EXPECT_NEAR(barrier(system), expected, 1e-4 * expected);
}

TEST_F(Macrospin, HasTheBarrierThatAFieldAlongTheHardAxisLowers) {
  // E. C. Stoner and E. P. Wohlfarth, Phil. Trans. R. Soc. A 240, 599 (1948): K V (1 - h)^2 at h = H mu0 Ms/(2 K).
  Material material;
  material.dmi = 0.0;
  for (const double h : {0.2, 0.5, 0.8}) {
    LlgsSystem system = film(material, mesh, false);
    const double unit =
        2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization);
    system.set_applied_field({h * unit, 0.0, 0.0});
    const double expected = material.anisotropy * mesh.cell_volume() * (1.0 - h) * (1.0 - h);
    EXPECT_NEAR(barrier(system), expected, 1e-4 * expected) << h;
  }
}

TEST_F(Macrospin, HasTheBarriersThatAFieldAlongTheEasyAxisRaisesAndLowers) {
  Material material;
  material.dmi = 0.0;
  const double h = 0.3;
  const double unit = 2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization);
  LlgsSystem system = film(material, mesh, false);
  system.set_applied_field({0.0, 0.0, h * unit});
  const double kv = material.anisotropy * mesh.cell_volume();
  EXPECT_NEAR(barrier(system, false), kv * (1.0 + h) * (1.0 + h), 1e-4 * kv);
  EXPECT_NEAR(barrier(system, true), kv * (1.0 - h) * (1.0 - h), 1e-4 * kv);
}

TEST_F(Macrospin, HasABarrierThatItsShapeLowers) {
  Material material;
  material.dmi = 0.0;
  LlgsSystem system = film(material, mesh, true);
  const DemagTensor n = newell_tensor({mesh.dx, mesh.dy, mesh.dz}, 0.0, 0.0);
  const double shape = 0.5 * constants::vacuum_permeability * material.saturation_magnetization *
                       material.saturation_magnetization * (n.zz - n.xx);
  const double k = material.anisotropy - shape;
  const double h = 0.4;
  system.set_applied_field(
      {h * 2.0 * k / (constants::vacuum_permeability * material.saturation_magnetization), 0.0, 0.0});
  const double expected = k * mesh.cell_volume() * (1.0 - h) * (1.0 - h);
  EXPECT_NEAR(barrier(system), expected, 1e-4 * expected);
}

TEST_F(Macrospin, LeavesAMinimumInATransverseFieldAsOftenAsLangersTheorySays) {
  // E/(K V) = sin^2 theta - 2 h sin theta cos phi. Curvatures in units of the anisotropy field: 1 - h^2 and 1 in the
  // minimum, h - 1 and h at the saddle point. W. T. Coffey et al., Phys. Rev. Lett. 80, 5655 (1998).
  const double h = 0.3;
  for (const double damping : {0.05, 0.6, 5.0}) {
    const Material material{.anisotropy = 5e5, .dmi = 0.0, .damping = damping};
    LlgsSystem system = film(material, mesh, false);
    const double anisotropy_field =
        2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization);
    system.set_applied_field({h * anisotropy_field, 0.0, 0.0});
    const FieldLayout& layout = system.layout();
    const HessianMatrix minimum(system, along(layout, {h, 0.0, std::sqrt(1.0 - h * h)}));
    const HessianMatrix saddle(system, along(layout, {1.0, 0.0, 0.0}));
    const double precession = material.gyromagnetic_ratio * anisotropy_field / (1.0 + damping * damping);
    const double rate =
        0.5 * precession * (damping * (1.0 - 2.0 * h) + std::sqrt(damping * damping + 4.0 * h * (1.0 - h)));
    const double found = growth_rate(saddle, (h - 1.0) * anisotropy_field, damping, material.gyromagnetic_ratio);
    EXPECT_NEAR(found, rate, 1e-8 * rate) << damping;
    const double expected = rate / (2.0 * std::numbers::pi) * std::sqrt((1.0 + h) / h);
    EXPECT_NEAR(attempt_frequency(minimum, saddle, found), expected, 1e-8 * expected) << damping;
  }
}

TEST_F(Macrospin, OfHalfTheMomentPrecessesAndLeavesASaddlePointTwiceAsFast) {
  const double h = 0.3;
  const double moment = 0.5;
  const Material material{.anisotropy = 5e5, .dmi = 0.0, .damping = 0.1};
  auto maps = std::make_shared<MaterialMaps>(material, mesh);
  maps->moment[0] = moment;
  LlgsSystem system(Film{material, mesh, Mask(mesh.cells(), 1), maps}, demag_of(mesh, material, false));
  const double anisotropy_field =
      2.0 * material.anisotropy / (constants::vacuum_permeability * moment * material.saturation_magnetization);
  system.set_applied_field({h * anisotropy_field, 0.0, 0.0});
  const HessianMatrix saddle(system, along(system.layout(), {1.0, 0.0, 0.0}));
  const double precession =
      material.gyromagnetic_ratio * anisotropy_field / (1.0 + material.damping * material.damping);
  const double rate =
      0.5 * precession *
      (material.damping * (1.0 - 2.0 * h) + std::sqrt(material.damping * material.damping + 4.0 * h * (1.0 - h)));
  const double lowest_curvature = (h - 1.0) * moment * anisotropy_field;
  EXPECT_NEAR(growth_rate(saddle, lowest_curvature, material.damping, material.gyromagnetic_ratio), rate, 1e-8 * rate);
}

/// A wall without demagnetising field and DMI, sqrt(A/K) wide, in a track with a pair of notches in its middle.
class NotchedTrack : public testing::Test {
 protected:
  static constexpr double notch_at = 120e-9;

  static device::DeviceParameters track(double notch_diameter, double dmi = 0.0) {
    device::DeviceParameters p;
    p.track = {.length = 240e-9, .width = 120e-9, .thickness = 2e-9, .cell = 4e-9};
    p.notches = {.count = 1, .diameter = notch_diameter, .first = notch_at, .pitch = 0.0};
    p.material.anisotropy = 2.5e5;
    p.material.dmi = dmi;
    p.initial_wall.width = wall_width(p.material);
    return p;
  }

  static double wall_width(const Material& material) {
    return std::sqrt(material.exchange_stiffness / material.anisotropy);
  }

  static LlgsSystem system_of(const device::DeviceParameters& p, bool demagnetizes = false) {
    const Mesh mesh = device::make_mesh(p);
    return LlgsSystem(p.material, mesh, device::make_mask(p), demag_of(mesh, p.material, demagnetizes));
  }

  static std::vector<double> wall(device::DeviceParameters p, double position) {
    p.initial_wall.position = position;
    return device::straight_wall(p);
  }

  /// From the relaxed wall at `from` to that at `to`.
  static MinimumEnergyPath path(LlgsSystem& system, const device::DeviceParameters& p, double from, double to) {
    constexpr int intervals = 12;
    std::vector<std::vector<double>> images;
    for (int i = 0; i <= intervals; ++i) {
      images.push_back(wall(p, from + (to - from) * i / intervals));
    }
    for (std::vector<double>* end : {&images.front(), &images.back()}) {
      EXPECT_TRUE(minimize_energy(system, {.tolerance = 1e-6}, *end).converged);
    }
    return minimum_energy_path(system, images, {});
  }
};

TEST_F(NotchedTrack, HoldsAWallByTheEnergyOfTheAreaThatItSaves) {
  // A rigid wall saves sigma t integral of (w - w(x)) sech^2((x - q)/Delta)/(2 Delta) dx at a notch, sigma = 4 sqrt(A
  // K); one that adapts itself saves more, and sigma t d once the notches are wide against it.
  double before = 0.0;
  for (const double diameter : {16e-9, 32e-9, 64e-9}) {
    const device::DeviceParameters p = track(diameter);
    LlgsSystem system = system_of(p);
    const Mesh& mesh = system.mesh();
    const double width = wall_width(p.material);
    const double sigma = 4.0 * std::sqrt(p.material.exchange_stiffness * p.material.anisotropy);
    double rigid = 0.0;
    for (int i = 0; i < mesh.nx; ++i) {
      int missing = mesh.ny;
      for (int j = 0; j < mesh.ny; ++j) {
        missing -=
            system
                .mask()[static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i)];
      }
      const double x = mesh.x(i) - notch_at;
      rigid += 0.5 * sigma * mesh.dz * missing * mesh.dy *
               (std::tanh((x + 0.5 * mesh.dx) / width) - std::tanh((x - 0.5 * mesh.dx) / width));
    }
    const double limit = sigma * mesh.dz * diameter;
    const double barrier = path(system, p, notch_at, 210e-9).barrier_forth();
    EXPECT_GT(barrier, rigid) << diameter;
    EXPECT_GT(barrier / limit, before) << diameter;
    before = barrier / limit;
  }
  EXPECT_NEAR(before, 1.0, 0.02);
}

TEST_F(NotchedTrack, HasTheBarriersOfItsMirrorImageAndTheirDifferenceIsThatOfTheEnergies) {
  device::DeviceParameters p;
  p.track = {.length = 160e-9, .width = 48e-9, .thickness = 2e-9, .cell = 4e-9};
  p.notches = {.count = 2, .diameter = 16e-9, .first = 40e-9, .pitch = 60e-9};
  LlgsSystem system = system_of(p, true);
  const MinimumEnergyPath forth = path(system, p, 40e-9, 100e-9);
  p.notches.first = 60e-9;
  LlgsSystem mirrored = system_of(p, true);
  const MinimumEnergyPath back = path(mirrored, p, 120e-9, 60e-9);
  EXPECT_NEAR(back.barrier_forth(), forth.barrier_forth(), 1e-9 * forth.barrier_forth());
  EXPECT_NEAR(back.barrier_back(), forth.barrier_back(), 1e-9 * forth.barrier_back());
  const double difference =
      total_energy(system.energies(forth.images.back())) - total_energy(system.energies(forth.images.front()));
  EXPECT_NEAR(forth.barrier_forth() - forth.barrier_back(), difference, 1e-6 * std::abs(difference));
  EXPECT_GT(std::abs(difference), 0.01 * forth.barrier_forth());
}

TEST_F(NotchedTrack, HasNoPathWithTooFewStepsOrImages) {
  const device::DeviceParameters p = track(32e-9);
  LlgsSystem system = system_of(p);
  const std::vector<std::vector<double>> images = {wall(p, 120e-9), wall(p, 130e-9), wall(p, 210e-9)};
  PathSettings settings;
  settings.band.most_steps = 3;
  EXPECT_THROW((void)minimum_energy_path(system, images, settings), SimulationError);
  settings = {};
  settings.most_images = 2;
  EXPECT_THROW((void)minimum_energy_path(system, images, settings), SimulationError);
}

TEST(Wire, IsReversedFromItsEndOverTheBarrierOfBraunsSoliton) {
  // H. B. Braun, Phys. Rev. Lett. 71, 3557 (1993): 8 S sqrt(A K) (tanh R - R sech^2 R), sech^2 R = h, for a pair
  // of walls inside a wire of the cross section S. At a free end half of the pair is enough.
  const Material material{.anisotropy = 2.5e5, .dmi = 0.0};
  const Mesh mesh{.nx = 100, .ny = 1, .dx = 2e-9, .dy = 2e-9, .dz = 2e-9};
  LlgsSystem system = film(material, mesh, false);
  const FieldLayout& layout = system.layout();
  const double width = std::sqrt(material.exchange_stiffness / material.anisotropy);
  for (const double h : {0.1, 0.3, 0.6}) {
    system.set_applied_field(
        {0.0, 0.0,
         -h * 2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization)});
    std::vector<std::vector<double>> images;
    constexpr int intervals = 20;
    for (int k = 0; k <= intervals; ++k) {
      const double position = -6.0 * width + k * (mesh.nx * mesh.dx + 12.0 * width) / intervals;
      std::vector<double>& m = images.emplace_back(layout.size(), 0.0);
      for (int i = 0; i < mesh.nx; ++i) {
        const double u = (mesh.x(i) - position) / width;
        m[layout.index(i, 0)] = 1.0 / std::cosh(u);
        m[layout.index(i, 0) + 2 * layout.component_size()] = std::tanh(u);
      }
    }
    EXPECT_TRUE(minimize_energy(system, {.tolerance = 1e-8}, images.front()).converged);
    EXPECT_TRUE(minimize_energy(system, {.tolerance = 1e-8}, images.back()).converged);
    const double r = std::acosh(1.0 / std::sqrt(h));
    const double expected =
        4.0 * mesh.dy * mesh.dz * std::sqrt(material.exchange_stiffness * material.anisotropy) * (std::tanh(r) - r * h);
    EXPECT_NEAR(minimum_energy_path(system, images, {}).barrier_forth(), expected, 0.01 * expected) << h;
  }
}

TEST(PathMaximum, IsThatOfTheCubicPolynomialThroughValuesAndSlopes) {
  const auto energy = [](double s) { return 1.0 - (s - 1.2) * (s - 1.2); };
  const std::vector<double> distances = {0.0, 1.0, 1.5};
  const PathMaximum maximum =
      path_maximum(distances, std::vector{energy(0.0), energy(1.0), energy(1.5)}, std::vector{2.4, 0.4, -0.6});
  EXPECT_EQ(maximum.image, 1U);
  EXPECT_NEAR(maximum.fraction, 0.4, 1e-12);
  EXPECT_NEAR(maximum.energy, 1.0, 1e-12);
  const PathMaximum at_end =
      path_maximum(std::vector{0.0, 1.0}, std::vector{energy(0.0), energy(1.0)}, std::vector{2.4, 0.4});
  EXPECT_EQ(at_end.fraction, 1.0);
  EXPECT_EQ(at_end.energy, energy(1.0));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
