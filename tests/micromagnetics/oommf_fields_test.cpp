#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/reference_fields.hpp"

namespace spinsweep::micromagnetics {
namespace {

constexpr Mesh mesh{.nx = 28, .ny = 15, .dx = 3e-9, .dy = 3e-9, .dz = 2e-9};

/// tests/data/fields_varying.csv: OOMMF's fields of a film in which everything of the material changes from each cell
/// to the next, with holes where it has no magnetisation.
class VaryingFilm : public testing::Test {
 protected:
  VaryingFilm() {
    const auto maps = std::make_shared<MaterialMaps>(material_, mesh);
    Mask mask(mesh.cells(), 0);
    m_.assign(layout_.size(), 0.0);
    for (const auto& row : table_.rows) {
      const auto value = row.begin();
      const std::size_t cell = static_cast<std::size_t>(value[1]) * 28 + static_cast<std::size_t>(value[0]);
      mask[cell] = value[2] > 0.0 ? 1 : 0;
      maps->moment[cell] = value[2] / material_.saturation_magnetization;
      maps->exchange_stiffness[cell] = value[3];
      maps->anisotropy[cell] = value[4];
      maps->axis_x[cell] = value[5];
      maps->axis_y[cell] = value[6];
      maps->axis_z[cell] = value[7];
      maps->dmi[cell] = value[8];
      for (std::size_t c = 0; c < 3; ++c) {
        m_[place(row) + c * layout_.component_size()] =
            mask[cell] != 0 ? value[9 + static_cast<std::ptrdiff_t>(c)] : 0.0;
      }
    }
    system_ = std::make_unique<LlgsSystem>(Film{material_, mesh, std::move(mask), maps},
                                           std::make_shared<DemagField>(mesh, material_.saturation_magnetization));
  }

  [[nodiscard]] std::size_t place(const std::vector<double>& row) const {
    return layout_.index(static_cast<int>(row[0]), static_cast<int>(row[1]));
  }

  /// Three columns of the table from that one on.
  [[nodiscard]] std::vector<double> oommf(std::size_t first_column) const {
    std::vector<double> field(layout_.size(), 0.0);
    for (const auto& row : table_.rows) {
      for (std::size_t c = 0; c < 3; ++c) {
        field[place(row) + c * layout_.component_size()] = row[first_column + c];
      }
    }
    return field;
  }

  template <class Term>
  [[nodiscard]] std::vector<double> field_of() const {
    std::vector<double> field(layout_.size(), 0.0);
    const std::size_t size = layout_.component_size();
    for (const auto& row : table_.rows) {
      const std::size_t k = place(row);
      if (row[2] == 0.0) {
        continue;
      }
      const Stencil stencil = stencil_at([](const double* from) { return *from; }, m_.data(), m_.data() + size,
                                         m_.data() + 2 * size, system_->neighbours().data(), k, layout_.row_stride());
      const auto local = system_->local_materials()->varied().at<double>(k, layout_.row_stride());
      const Vector3 h = local.inverse_moment * add_field(system_->local_field().get<Term>(), stencil, local, {});
      field[k] = h.x;
      field[k + size] = h.y;
      field[k + 2 * size] = h.z;
    }
    return field;
  }

  tests::Table table_ = tests::read_table("fields_varying.csv");
  FieldLayout layout_{mesh};
  Material material_;
  std::vector<double> m_;
  std::unique_ptr<LlgsSystem> system_;
};

TEST_F(VaryingFilm, HasOommfsExchangeField) {
  EXPECT_LE(tests::relative_l2_error(field_of<ExchangeField>(), oommf(12)), 1e-6);
}

TEST_F(VaryingFilm, HasOommfsAnisotropyField) {
  EXPECT_LE(tests::relative_l2_error(field_of<AnisotropyField>(), oommf(15)), 1e-6);
}

TEST_F(VaryingFilm, HasOommfsFieldOfTheDmi) {
  EXPECT_LE(tests::relative_l2_error(field_of<DmiField>(), oommf(18)), 1e-6);
}

TEST_F(VaryingFilm, HasOommfsDemagnetisingField) {
  std::vector<double> field(layout_.size());
  system_->demagnetizing_field(m_, field);
  const auto reference = oommf(21);
  // OOMMF has a field in cells without magnetisation too, and so have we.
  EXPECT_LE(tests::relative_l2_error(field, reference), 1e-6);
}

TEST_F(VaryingFilm, HasOommfsEnergies) {
  const Energies energies = system_->energies(m_);
  EXPECT_NEAR(energies[0] / 1.1631892560979612e-17, 1.0, 1e-6);
  EXPECT_NEAR(energies[2] / -1.1707741122017255e-19, 1.0, 1e-6);
  EXPECT_NEAR(energies[3] / 2.4494831216569018e-18, 1.0, 1e-6);
  // OOMMF counts the energy of a hard axis from the plane across it.
  double of_hard_axes = 0.0;
  for (const auto& row : table_.rows) {
    of_hard_axes += row[2] > 0.0 && row[4] < 0.0 ? row[4] * mesh.cell_volume() : 0.0;
  }
  EXPECT_NEAR((energies[1] - of_hard_axes) / 2.9776599717349349e-18, 1.0, 1e-6);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
