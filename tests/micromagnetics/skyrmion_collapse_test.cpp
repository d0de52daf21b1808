#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/minimization.hpp"
#include "micromagnetics/minimum_energy_path.hpp"

namespace spinsweep::micromagnetics {
namespace {

constexpr double milli_electronvolt = 1e-3 * constants::elementary_charge;  ///< J

/// A skyrmion on a square lattice of spins: exchange 10 meV, DMI 6 meV, moments of 2 Bohr magnetons in 25 T. The model
/// is that of P. F. Bessarab, V. M. Uzdin and H. Jonsson, Comput. Phys. Commun. 196, 335 (2015). Cells of the size a
/// with A = J/(2 a) and D = J_DMI/a^2 have the same energies, those of pairs of neighbours. The published lattice is
/// periodic, this one so large that its edges do not count.
class SkyrmionOnALattice : public testing::Test {
 protected:
  static constexpr double spacing = 0.5e-9;
  static constexpr Mesh mesh{.nx = 44, .ny = 44, .dx = spacing, .dy = spacing, .dz = spacing};

  static LlgsSystem lattice() {
    const Material material{.saturation_magnetization = 2.0 * constants::bohr_magneton / (spacing * spacing * spacing),
                            .exchange_stiffness = 10.0 * milli_electronvolt / (2.0 * spacing),
                            .anisotropy = 0.0,
                            .dmi = 6.0 * milli_electronvolt / (spacing * spacing)};
    LlgsSystem system(material, mesh, Mask(mesh.cells(), 1), std::make_shared<DemagField>(mesh, 0.0));
    system.set_applied_field({0.0, 0.0, 25.0 / constants::vacuum_permeability});
    return system;
  }

  /// With its centre between four spins. radius: about where m_z changes its sign, in units of the spacing; 0: none.
  static std::vector<double> skyrmion(const FieldLayout& layout, double radius) {
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const double x = i + 0.5 - 0.5 * mesh.nx;
        const double y = j + 0.5 - 0.5 * mesh.ny;
        const double r = std::hypot(x, y);
        const double angle = 2.0 * std::atan2(radius * std::exp(radius - r), r);
        const std::size_t k = layout.index(i, j);
        m[k] = std::sin(angle) * x / r;
        m[k + layout.component_size()] = std::sin(angle) * y / r;
        m[k + 2 * layout.component_size()] = std::cos(angle);
      }
    }
    return m;
  }
};

TEST_F(SkyrmionOnALattice, CollapsesOverTheBarrierThatFidimagHasPublished) {
  // D. Cortes-Ortuno and others, Sci. Rep. 7, 4060 (2017), doi:10.5281/zenodo.167870, figs/sk-fm_NEBM.jpg: of a band of
  // 18 images the highest lies 39.28 meV above the skyrmion, the film without it 10.57 meV below.
  constexpr double barrier_forth = 39.28 * milli_electronvolt;
  constexpr double barrier_back = barrier_forth + 10.57 * milli_electronvolt;
  LlgsSystem system = lattice();
  std::vector<std::vector<double>> images;
  constexpr int intervals = 12;
  for (int k = 0; k <= intervals; ++k) {
    images.push_back(skyrmion(system.layout(), 2.4 * (intervals - k) / intervals));
  }
  PathSettings settings;
  settings.band.tolerance = 1e-2;
  settings.energy_tolerance = 0.1 * milli_electronvolt;
  for (std::vector<double>* end : {&images.front(), &images.back()}) {
    EXPECT_TRUE(minimize_energy(system, settings.band, *end).converged);
  }
  const MinimumEnergyPath path = minimum_energy_path(system, images, settings);
  EXPECT_NEAR(path.barrier_forth(), barrier_forth, 0.02 * barrier_forth);
  EXPECT_NEAR(path.barrier_back(), barrier_back, 0.02 * barrier_back);
  EXPECT_LT(path.curvatures.front(), 0.0);
  RecordProperty("barrier_forth_meV", std::to_string(path.barrier_forth() / milli_electronvolt));
  RecordProperty("barrier_back_meV", std::to_string(path.barrier_back() / milli_electronvolt));
}

}  // namespace
}  // namespace spinsweep::micromagnetics
