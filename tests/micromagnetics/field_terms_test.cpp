#include <gtest/gtest.h>

#include <memory>

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

  /// The field of one local term, alone, in the magnetic cells.
  template <class Term>
  std::vector<double> field_of(const Term& term) const {
    std::vector<double> field(layout.size(), 0.0);
    const double* mx = reference.m.data();
    const std::size_t size = layout.component_size();
    for (int j = 0; j < reference.mesh.ny; ++j) {
      for (int i = 0; i < reference.mesh.nx; ++i) {
        const std::size_t k = layout.index(i, j);
        if (reference.mask[static_cast<std::size_t>(j * reference.mesh.nx + i)] == 0) {
          continue;
        }
        const auto load_one = [](const double* from) { return *from; };
        const Vector3 h = term.field(
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

TEST_F(FieldTerms, NotchMaskAgreesWithOommf) {
  const device::Track track{.length = 120e-9, .width = 48e-9, .thickness = 2e-9, .cell = 3e-9};
  const device::Notches notches{.count = 1, .diameter = 20e-9, .first = 60e-9, .pitch = {}};
  EXPECT_EQ(device::make_mask(track, notches), reference.mask);
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
  const Vector3 a = with.derivative(m, h);
  const Vector3 c = without.derivative(m, h + Vector3{0.0, -0.5 * b, 0.0});
  EXPECT_NEAR(a.x, c.x, 1e-9 * std::abs(c.x));
  EXPECT_NEAR(a.y, c.y, 1e-9 * std::abs(c.y));
  EXPECT_NEAR(a.z, c.z, 1e-9 * std::abs(c.z));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
