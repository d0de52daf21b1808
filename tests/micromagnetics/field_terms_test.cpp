#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "base/constants.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/reference_fields.hpp"

namespace spinsweep::micromagnetics {
namespace {

class FieldTerms : public testing::Test {
 protected:
  tests::ReferenceFields reference = tests::read_reference_fields();
  FieldLayout layout{reference.mesh};
  LlgsSystem system{reference.material, reference.mesh, reference.mask,
                    std::make_shared<DemagField>(reference.mesh, reference.material.saturation_magnetization)};

  /// The field of one local term of the reference's magnetisation.
  template <class Term>
  std::vector<double> field_of(const Term& term) const {
    return field_of(term, reference.m);
  }

  /// The field of one local term, alone, in the magnetic cells.
  template <class Term>
  std::vector<double> field_of(const Term& term, const std::vector<double>& m) const {
    std::vector<double> field(layout.size(), 0.0);
    const double* mx = m.data();
    const std::size_t size = layout.component_size();
    for (int j = 0; j < reference.mesh.ny; ++j) {
      for (int i = 0; i < reference.mesh.nx; ++i) {
        const std::size_t k = layout.index(i, j);
        if (reference.mask[static_cast<std::size_t>(j * reference.mesh.nx + i)] == 0) {
          continue;
        }
        const auto load_one = [](const double* from) { return *from; };
        const Vector3 h = micromagnetics::field_of(
            term,
            stencil_at(load_one, mx, mx + size, mx + 2 * size, system.neighbours().data(), k, layout.row_stride()));
        field[k] = h.x;
        field[k + size] = h.y;
        field[k + 2 * size] = h.z;
      }
    }
    return field;
  }
};

TEST_F(FieldTerms, ExchangeAgreesWithOommf) {
  EXPECT_LE(tests::relative_l2_error(field_of(system.local_field().get<ExchangeField>()), reference.exchange), 1e-6);
}

TEST_F(FieldTerms, AnisotropyAgreesWithOommf) {
  EXPECT_LE(tests::relative_l2_error(field_of(system.local_field().get<AnisotropyField>()), reference.anisotropy),
            1e-6);
}

TEST_F(FieldTerms, InterfacialDmiAgreesWithOommf) {
  EXPECT_LE(tests::relative_l2_error(field_of(system.local_field().get<DmiField>()), reference.dmi), 1e-6);
}

TEST_F(FieldTerms, DemagnetizationAgreesWithOommf) {
  std::vector<double> field(layout.size());
  system.demagnetizing_field(reference.m, field);
  EXPECT_LE(tests::relative_l2_error(field, reference.demag), 1e-6);
}

TEST_F(FieldTerms, TimeDerivativeAgreesWithOommf) {
  std::vector<double> dmdt(layout.size());
  system.set_current_density(reference.current_density);
  system.derivative(reference.m, dmdt);
  EXPECT_LE(tests::relative_l2_error(dmdt, reference.dmdt), 1e-5);
}

TEST_F(FieldTerms, EnergiesAgreeWithOommf) {
  const Energies energy = system.energies(reference.m);
  EXPECT_NEAR(energy[0] / reference.exchange_energy, 1.0, 1e-6);
  EXPECT_NEAR(energy[1] / reference.anisotropy_energy, 1.0, 1e-6);
  EXPECT_NEAR(energy[2] / reference.dmi_energy, 1.0, 1e-6);
  EXPECT_NEAR(energy[3] / reference.demag_energy, 1.0, 1e-6);
  EXPECT_EQ(energy[4], 0.0);
}

TEST_F(FieldTerms, TheEnergyOfEveryLocalTermVariesAsItsField) {
  // Turning the moment of a cell by t, perpendicular to m, changes the energy by -mu0 Ms V t.H; quadratic terms do so
  // for a central difference of any step.
  system.set_applied_field({3e4, -2e4, 1e4});
  const double moment =
      constants::vacuum_permeability * reference.material.saturation_magnetization * reference.mesh.cell_volume();
  constexpr double step = 1e-2;
  const std::size_t size = layout.component_size();
  for (const auto& [i, j] : {std::pair{3, 2}, {12, 9}, {20, 8}, {33, 14}, {39, 15}}) {
    ASSERT_EQ(reference.mask[static_cast<std::size_t>(j * reference.mesh.nx + i)], 1);
    const std::size_t k = layout.index(i, j);
    const Vector3 m{reference.m[k], reference.m[k + size], reference.m[k + 2 * size]};
    const Vector3 turn = cross(m, Vector3{0.3, -0.5, 0.8});
    const auto energies_after = [&](double angle) {
      auto turned = reference.m;
      turned[k] += angle * turn.x;
      turned[k + size] += angle * turn.y;
      turned[k + 2 * size] += angle * turn.z;
      return system.energies(turned);
    };
    const Energies after = energies_after(step);
    const Energies before = energies_after(-step);
    system.local_field().for_each([&](const auto& term, std::size_t index) {
      const std::vector<double> h = field_of(term);
      const double wanted = -moment * dot(turn, Vector3{h[k], h[k + size], h[k + 2 * size]});
      const std::size_t energy = energy_index(index);
      EXPECT_NEAR((after[energy] - before[energy]) / (2.0 * step), wanted, 1e-6 * moment * 1e6)
          << energy_terms[energy] << " at " << i << ", " << j;
    });
  }
}

TEST_F(FieldTerms, NoLocalTermAnswersACheckerboardWithMoreThanItsBound) {
  // The checkerboard is the fastest spin wave of the mesh; what an applied field adds does not depend on m.
  std::vector<double> m(layout.size(), 0.0);
  const std::size_t size = layout.component_size();
  for (int j = 0; j < reference.mesh.ny; ++j) {
    for (int i = 0; i < reference.mesh.nx; ++i) {
      if (reference.mask[static_cast<std::size_t>(j * reference.mesh.nx + i)] != 0) {
        const double sign = (i + j) % 2 == 0 ? 1.0 : -1.0;
        m[layout.index(i, j)] = 0.6 * sign;
        m[layout.index(i, j) + 2 * size] = 0.8 * sign;
      }
    }
  }
  const auto norm = [](const std::vector<double>& v) {
    return std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.0));
  };
  system.local_field().for_each([&](const auto& term, std::size_t index) {
    const SpectralBound bound = term.spectral_bound();
    EXPECT_LE(norm(field_of(term, m)), (bound.coupling + bound.on_site) * norm(m)) << LocalField::names[index];
  });
}

/// An easy plane, a term of its own.
struct EasyPlaneField {
  static constexpr std::string_view name = "easy_plane";
  static constexpr double energy_factor = 0.5;
  double coefficient;
  EasyPlaneField(const Material& material, const Mesh& /*mesh*/)
      : coefficient(-material.anisotropy / (constants::vacuum_permeability * material.saturation_magnetization)) {}
  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& total) const {
    return total + BasicVector3<Real>{Real(0.0), Real(0.0), coefficient * m.centre.z};
  }
  [[nodiscard]] SpectralBound spectral_bound() const { return {.on_site = std::abs(coefficient)}; }
};

struct WithoutEnergy {
  static constexpr std::string_view name = "without_energy";
  WithoutEnergy(const Material& /*material*/, const Mesh& /*mesh*/) {}
  template <class Real>
  [[nodiscard]] BasicVector3<Real> add_field(const BasicStencil<Real>& m, const BasicVector3<Real>& total) const {
    return total + m.centre;
  }
  [[nodiscard]] SpectralBound spectral_bound() const { return {.on_site = 1.0}; }
};

struct WithTwoEnergies : AnisotropyField {
  using AnisotropyField::AnisotropyField;
  static constexpr double energy_factor = 0.5;
};

static_assert(FieldTerm<EasyPlaneField>);
static_assert(!FieldTerm<WithoutEnergy>);
static_assert(!FieldTerm<WithTwoEnergies>);

TEST(LocalFieldSum, TakesATermThatIsNotOfTheModelByItsNameAlone) {
  using Sum = LocalFieldSum<AnisotropyField, EasyPlaneField>;
  EXPECT_THAT(Sum::names, testing::ElementsAre("anisotropy", "easy_plane"));
  EXPECT_EQ(Sum::index_of<EasyPlaneField>(), 1U);
  const Material material;
  const Mesh mesh{.nx = 2, .ny = 2, .dx = 1e-9, .dy = 1e-9, .dz = 1e-9};
  const Stencil cell{.centre = {0.6, 0.0, 0.8}, .east = {}, .west = {}, .north = {}, .south = {}};
  // An easy plane of half the strength takes away half of the field of the easy axis.
  EXPECT_DOUBLE_EQ(Sum(material, mesh).add_field(cell, {}).z, 0.5 * field_of(AnisotropyField(material, mesh), cell).z);
  EXPECT_DOUBLE_EQ(reduced_energy(EasyPlaneField(material, mesh), cell) * energy_constant<EasyPlaneField>(material),
                   0.5 * material.anisotropy * 0.64);
}

TEST(EnergyTerms, AreThoseOfTheResultsFileInItsOrder) {
  EXPECT_THAT(energy_terms, testing::ElementsAre("exchange", "anisotropy", "dmi", "demagnetization", "applied_field"));
}

TEST_F(FieldTerms, NotchMaskAgreesWithOommf) {
  device::CommonParameters p;
  p.track = {.length = 120e-9, .width = 48e-9, .thickness = 2e-9, .cell = 3e-9};
  p.notches = {.count = 1, .diameter = 20e-9, .first = 60e-9, .pitch = {}};
  EXPECT_EQ(device::make_mask(p), reference.mask);
}

TEST_F(FieldTerms, FieldLikeTorqueActsAsAFieldAlongTheSpinPolarization) {
  Material material = reference.material;
  material.field_like_ratio = 0.5;
  LlgsTorque with(material, reference.mesh.dz);
  LlgsTorque without(reference.material, reference.mesh.dz);
  with.set_current_density(1e12);
  without.set_current_density(1e12);
  const double b = constants::reduced_planck_constant * material.spin_hall_angle * 1e12 /
                   (2.0 * constants::elementary_charge * constants::vacuum_permeability *
                    material.saturation_magnetization * reference.mesh.dz);
  const Vector3 m{0.6, 0.0, 0.8};
  const Vector3 h{1e4, 2e4, -3e4};
  const Vector3 a = with.derivative(m, h, UniformMaterial());
  const Vector3 c = without.derivative(m, h + Vector3{0.0, -0.5 * b, 0.0}, UniformMaterial());
  EXPECT_NEAR(a.x, c.x, 1e-9 * std::abs(c.x));
  EXPECT_NEAR(a.y, c.y, 1e-9 * std::abs(c.y));
  EXPECT_NEAR(a.z, c.z, 1e-9 * std::abs(c.z));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
