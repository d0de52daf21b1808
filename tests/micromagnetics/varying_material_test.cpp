#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "base/philox.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stability.hpp"
#include "micromagnetics/thermal_stepper.hpp"

namespace spinsweep::micromagnetics {
namespace {

constexpr Mesh mesh{.nx = 23, .ny = 14, .dx = 3e-9, .dy = 3e-9, .dz = 2e-9};

/// Numbers between -1 and 1 that depend on their place only.
double number(std::uint32_t k, std::uint32_t use) {
  return 2.0 * (philox_4x32_10({k, use, 0, 0}, 5)[0] * 0x1p-32) - 1.0;
}

Mask mask_with_a_hole() {
  Mask mask(mesh.cells(), 1);
  for (int j = 0; j < 4; ++j) {
    for (int i = 9; i < 14; ++i) {
      mask[static_cast<std::size_t>(j * mesh.nx + i)] = 0;
    }
  }
  return mask;
}

/// A unit vector in every magnetic cell, pointing anywhere.
std::vector<double> random_magnetization(const Mask& mask) {
  const FieldLayout layout(mesh);
  std::vector<double> m(layout.size(), 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const auto cell = static_cast<std::uint32_t>(j * mesh.nx + i);
      for (std::uint32_t c = 0; c < 3 && mask[cell] != 0; ++c) {
        m[layout.index(i, j) + c * layout.component_size()] = number(cell, c);
      }
    }
  }
  EXPECT_TRUE(normalize(layout, m));
  return m;
}

/// Everything by a factor of up to four from cell to cell.
MaterialMaps wild_maps(const Material& material, bool with_moment) {
  MaterialMaps maps(material, mesh);
  for (std::uint32_t k = 0; k < mesh.cells(); ++k) {
    maps.exchange_stiffness[k] *= std::exp2(number(k, 10));
    maps.anisotropy[k] *= std::exp2(number(k, 11));
    const std::array<double, 3> axis = {0.6 * number(k, 12), 0.6 * number(k, 13), 1.0};
    const double length = std::hypot(axis[0], axis[1], axis[2]);
    maps.axis_x[k] = axis[0] / length;
    maps.axis_y[k] = axis[1] / length;
    maps.axis_z[k] = axis[2] / length;
    maps.exchange_to_east[k] = 0.6 + 0.4 * number(k, 14);
    maps.exchange_to_north[k] = 0.6 + 0.4 * number(k, 15);
    if (with_moment) {
      maps.dmi[k] *= 1.0 + 2.0 * number(k, 16);
      maps.moment[k] = 0.6 + 0.4 * number(k, 17);
      maps.share[k] = 0.6 + 0.4 * number(k, 18);
    }
  }
  return maps;
}

std::shared_ptr<DemagField> demag_of(const Material& material) {
  return std::make_shared<DemagField>(mesh, material.saturation_magnetization);
}

LlgsSystem system_of(const Material& material, const MaterialMaps& maps) {
  return {Film{material, mesh, mask_with_a_hole(), std::make_shared<MaterialMaps>(maps)}, demag_of(material)};
}

Material with_field_like_torque() {
  Material material;
  material.field_like_ratio = 0.3;
  return material;
}

class VaryingMaterial : public testing::TestWithParam<bool> {};

TEST_P(VaryingMaterial, HasFieldsThatAreTheDerivativesOfTheEnergiesOfTheirTerms) {
  const Material material;
  const MaterialMaps maps = wild_maps(material, GetParam());
  LlgsSystem system = system_of(material, maps);
  system.set_applied_field({1e5, -2e5, 3e5});
  const FieldLayout& layout = system.layout();
  const std::size_t size = layout.component_size();
  auto m = random_magnetization(system.mask());
  const double energy_per_field =
      constants::vacuum_permeability * material.saturation_magnetization * mesh.cell_volume();
  for (const auto& [i, j] : {std::pair{0, 0}, {5, 5}, {8, 3}, {11, 4}, {14, 0}, {22, 13}, {3, 13}, {22, 7}}) {
    const std::size_t k = layout.index(i, j);
    const auto cell = static_cast<std::size_t>(j * mesh.nx + i);
    const Stencil stencil = stencil_at([](const double* from) { return *from; }, m.data(), m.data() + size,
                                       m.data() + 2 * size, system.neighbours().data(), k, layout.row_stride());
    const auto local = system.local_materials()->varied().at<double>(k, layout.row_stride());
    for (std::size_t c = 0; c < 3; ++c) {
      // A central difference is exact for energies that are quadratic in m.
      const double step = 0.5;
      const double before = m[k + c * size];
      m[k + c * size] = before + step;
      const Energies above = system.energies(m);
      m[k + c * size] = before - step;
      const Energies below = system.energies(m);
      m[k + c * size] = before;
      system.local_field().for_each([&]<class Term>(const Term& term, std::size_t index) {
        const Vector3 field = add_field(term, stencil, local, {});
        const double moment = is_applied<Term> ? maps.share[cell] * maps.moment[cell] : 1.0;
        const double expected = std::array{field.x, field.y, field.z}[c] * moment;
        // The energy of the anisotropy is K (m x u)^2, which differs from -K (m.u)^2 by K m^2.
        const double along = Term::name == "anisotropy" ? local.anisotropy * before : 0.0;
        const std::size_t e = energy_index(index);
        EXPECT_NEAR(-(above[e] - below[e]) / (2.0 * step * energy_per_field), expected - along, 1e-7 * 1e6)
            << Term::name << " of cell " << i << ", " << j << " along " << c;
      });
    }
  }
}

TEST_P(VaryingMaterial, HasAnEffectiveFieldThatIsTheDerivativeOfItsWholeEnergy) {
  const Material material;
  LlgsSystem system = system_of(material, wild_maps(material, GetParam()));
  const FieldLayout& layout = system.layout();
  const std::size_t size = layout.component_size();
  auto m = random_magnetization(system.mask());
  std::vector<double> field(layout.size());
  (void)effective_field(system, m, field);
  const double energy_per_field =
      constants::vacuum_permeability * material.saturation_magnetization * mesh.cell_volume();
  for (const auto& [i, j] : {std::pair{0, 0}, {5, 5}, {8, 3}, {22, 13}}) {
    const std::size_t k = layout.index(i, j);
    const auto local = system.local_materials()->varied().at<double>(k, layout.row_stride());
    for (std::size_t c = 0; c < 3; ++c) {
      const double step = 0.5;
      const double before = m[k + c * size];
      m[k + c * size] = before + step;
      const double above = total_energy(system.energies(m));
      m[k + c * size] = before - step;
      const double below = total_energy(system.energies(m));
      m[k + c * size] = before;
      const double expected = field[k + c * size] - local.anisotropy * before;
      EXPECT_NEAR(-(above - below) / (2.0 * step * energy_per_field), expected, 1e-7 * 1e6) << i << ", " << j;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(GrainsAndEverything, VaryingMaterial, testing::Bool());

/// The largest difference of the time derivatives over the largest derivative.
double difference(LlgsSystem& a, LlgsSystem& b) {
  const auto m = random_magnetization(a.mask());
  std::vector<double> of_a(m.size());
  std::vector<double> of_b(m.size());
  for (LlgsSystem* system : {&a, &b}) {
    system->set_current_density(1e12);
    system->set_applied_field({1e5, -2e5, 3e5});
  }
  a.derivative(m, of_a);
  b.derivative(m, of_b);
  double largest = 0.0;
  double off = 0.0;
  for (std::size_t k = 0; k < m.size(); ++k) {
    largest = std::max(largest, std::abs(of_a[k]));
    off = std::max(off, std::abs(of_a[k] - of_b[k]));
  }
  return off / largest;
}

TEST(MaterialMaps, ThatVaryNowhereGiveTheUniformFilm) {
  const Material material = with_field_like_torque();
  LlgsSystem uniform(material, mesh, mask_with_a_hole(), demag_of(material));
  LlgsSystem mapped = system_of(material, MaterialMaps(material, mesh));
  ASSERT_FALSE(mapped.local_materials()->is_varied());
  EXPECT_LT(difference(uniform, mapped), 1e-13);
  const auto m = random_magnetization(uniform.mask());
  const Energies expected = uniform.energies(m);
  const Energies energies = mapped.energies(m);
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(energies[k], expected[k], 1e-12 * std::abs(expected[k])) << energy_terms[k];
  }
  EXPECT_NEAR(spectral_radius_bound(mapped), spectral_radius_bound(uniform), 1e-12 * spectral_radius_bound(uniform));
}

/// Half of everything per volume: a film of half the saturation magnetisation with all energy densities halved.
MaterialMaps half_filled(const Material& material) {
  MaterialMaps maps(material, mesh);
  for (std::size_t k = 0; k < mesh.cells(); ++k) {
    maps.moment[k] = 0.5;
    maps.exchange_stiffness[k] *= 0.5;
    maps.anisotropy[k] *= 0.5;
    maps.dmi[k] *= 0.5;
  }
  return maps;
}

Material halved(Material material) {
  material.saturation_magnetization *= 0.5;
  material.exchange_stiffness *= 0.5;
  material.anisotropy *= 0.5;
  material.dmi *= 0.5;
  return material;
}

TEST(MaterialMaps, OfHalfTheMomentGiveTheFilmOfHalfTheMagnetisation) {
  const Material material = with_field_like_torque();
  LlgsSystem expected(halved(material), mesh, mask_with_a_hole(), demag_of(halved(material)));
  LlgsSystem mapped = system_of(material, half_filled(material));
  ASSERT_TRUE(mapped.local_materials()->is_varied());
  EXPECT_LT(difference(expected, mapped), 1e-12);
  EXPECT_NEAR(spectral_radius_bound(mapped), spectral_radius_bound(expected), 1e-12 * spectral_radius_bound(expected));
}

TEST(MaterialMaps, OfCellsThatAreHalfFilledTurnThemAsFullOnesButForTheDemagnetisingField) {
  const Material material = with_field_like_torque();
  const auto without_demagnetisation = std::make_shared<DemagField>(mesh, 0.0);
  MaterialMaps maps(material, mesh);
  maps.share.assign(mesh.cells(), 0.5);
  LlgsSystem full(material, mesh, mask_with_a_hole(), without_demagnetisation);
  LlgsSystem half(Film{material, mesh, mask_with_a_hole(), std::make_shared<MaterialMaps>(maps)},
                  without_demagnetisation);
  EXPECT_LT(difference(full, half), 1e-13);
}

TEST(MaterialMaps, OfCutCellsAloneGiveWhatThoseOfAMaterialThatHardlyVariesDo) {
  const Material material = with_field_like_torque();
  MaterialMaps maps(material, mesh);
  for (std::uint32_t k = 0; k < mesh.cells(); ++k) {
    maps.share[k] = 0.2 + 0.8 * std::abs(number(k, 18));
  }
  LlgsSystem cut = system_of(material, maps);
  ASSERT_TRUE(cut.local_materials()->is_only_cut());
  for (const auto& [name, map] : {std::pair{"anisotropy", &maps.anisotropy},
                                  {"dmi", &maps.dmi},
                                  {"moment", &maps.moment},
                                  {"exchange", &maps.exchange_stiffness}}) {
    double& of_a_cell = (*map)[40];
    const double before = std::exchange(of_a_cell, of_a_cell * (1.0 + 1e-13));
    LlgsSystem varied = system_of(material, maps);
    EXPECT_FALSE(varied.local_materials()->is_only_cut()) << name;
    EXPECT_LT(difference(cut, varied), 1e-11) << name;
    of_a_cell = before;
  }
}

TEST(MaterialMaps, OfCellsThatAreFilledInPartAllowTheStepsOfFullOnes) {
  const Material material = with_field_like_torque();
  MaterialMaps maps(material, mesh);
  for (std::uint32_t k = 0; k < mesh.cells(); ++k) {
    maps.share[k] = 0.5625 + 0.4375 * number(k, 18);
  }
  LlgsSystem full(material, mesh, mask_with_a_hole(), demag_of(material));
  LlgsSystem partial = system_of(material, maps);
  full.set_current_density(1e12);
  partial.set_current_density(1e12);
  EXPECT_LE(spectral_radius_bound(partial), (1.0 + 1e-12) * spectral_radius_bound(full));
}

TEST(MaterialMaps, WarmFilmsOfHalfTheMomentMoveAsTheFilmOfHalfTheMagnetisation) {
  Material material = with_field_like_torque();
  material.temperature = 300.0;
  LlgsSystem expected(halved(material), mesh, mask_with_a_hole(), demag_of(halved(material)));
  LlgsSystem mapped = system_of(material, half_filled(material));
  LlgsSystem uniform(material, mesh, mask_with_a_hole(), demag_of(material));
  LlgsSystem trivial = system_of(material, MaterialMaps(material, mesh));
  for (const auto& [a, b] : {std::pair{&expected, &mapped}, {&uniform, &trivial}}) {
    auto m = random_magnetization(a->mask());
    auto n = m;
    for (auto& [system, field] : {std::pair{a, &m}, {b, &n}}) {
      system->set_current_density(5e11);
      ThermalStepper stepper(*system, 7);
      double time = 0.0;
      while (time < 5e-12) {
        time = stepper.step(time, 5e-12, *field);
      }
    }
    for (std::size_t k = 0; k < m.size(); ++k) {
      ASSERT_NEAR(n[k], m[k], 1e-6);
    }
  }
}

}  // namespace
}  // namespace spinsweep::micromagnetics
