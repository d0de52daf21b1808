#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/minimization.hpp"
#include "micromagnetics/minimum_energy_path.hpp"
#include "micromagnetics/newell.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {
namespace {

DemagTensor no_tensor(const std::array<double, 3>& /*size*/, double /*x*/, double /*y*/) { return {}; }

/// A film all of whose cells are magnetic, with or without its demagnetising field.
LlgsSystem film(const Material& material, const Mesh& mesh, bool demagnetizes) {
  const TensorFunction tensor = demagnetizes ? TensorFunction(demag_tensor) : TensorFunction(no_tensor);
  return LlgsSystem(
      material, mesh, Mask(mesh.cells(), 1),
      std::make_shared<DemagField>(mesh, material.saturation_magnetization, RowDecomposition(mesh.ny), tensor));
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
    const double unit = 2.0 * material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization);
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

}  // namespace
}  // namespace spinsweep::micromagnetics
