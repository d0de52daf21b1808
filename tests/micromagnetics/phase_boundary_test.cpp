#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimization.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// The proposed standard problem of wall pinning at a phase boundary: P. Heistracher and others, J. Magn. Magn. Mater.
/// 548, 168875 (2022). A wall in a soft phase is pushed by a field against the boundary with a hard one, without
/// demagnetising field. The fields at which it passes follow from H. Kronmueller and D. Goll, Physica B 319, 122
/// (2002).
struct Phases {
  double exchange;    ///< soft over hard
  double anisotropy;  ///< soft over hard
  double moment;      ///< soft over hard
  double field;       ///< published, T
};

class PhaseBoundary : public testing::TestWithParam<Phases> {
 protected:
  static constexpr Mesh mesh{.nx = 160, .ny = 1, .dx = 0.5e-9, .dy = 0.5e-9, .dz = 0.5e-9};
  static constexpr double boundary = 40e-9;

  static Material hard() {
    return {.saturation_magnetization = 1.0 / constants::vacuum_permeability,
            .exchange_stiffness = 1e-11,
            .anisotropy = 1e6,
            .dmi = 0.0};
  }

  static LlgsSystem film(const Phases& phases) {
    auto maps = std::make_shared<MaterialMaps>(hard(), mesh);
    for (int i = 0; mesh.x(i) < boundary; ++i) {
      const auto cell = static_cast<std::size_t>(i);
      maps->exchange_stiffness[cell] *= phases.exchange;
      maps->anisotropy[cell] *= phases.anisotropy;
      maps->moment[cell] = phases.moment;
    }
    return {Film{hard(), mesh, Mask(mesh.cells(), 1), maps}, std::make_shared<DemagField>(mesh, 0.0)};
  }

  /// Up on the left, down on the right of a wall in the soft phase.
  static std::vector<double> wall() {
    const FieldLayout layout(mesh);
    std::vector<double> m(layout.size(), 0.0);
    for (int i = 0; i < mesh.nx; ++i) {
      const double u = (mesh.x(i) - 30e-9) / 4e-9;
      m[layout.index(i, 0)] = 1.0 / std::cosh(u);
      m[layout.index(i, 0) + 2 * layout.component_size()] = -std::tanh(u);
    }
    return m;
  }

  /// Whether the wall goes through at that field (T); m becomes the state in which it is held.
  static bool passes(LlgsSystem& system, double field, std::vector<double>& m) {
    system.set_applied_field({0.0, 0.0, field / constants::vacuum_permeability});
    std::vector<double> moved = m;
    (void)minimize_energy(system, {.tolerance = 1e-6, .most_steps = 40000}, moved);
    if (system.mean_magnetization(moved).z > 0.9) {
      return true;
    }
    m = moved;
    return false;
  }
};

TEST_P(PhaseBoundary, LetsTheWallGoAtThePublishedField) {
  const Phases& phases = GetParam();
  LlgsSystem system = film(phases);
  auto m = wall();
  if (phases.field == 0.0) {
    EXPECT_TRUE(passes(system, 0.02, m));
    return;
  }
  EXPECT_FALSE(passes(system, 0.5 * phases.field, m));
  double held = 0.5 * phases.field;
  double passed = 1.5 * phases.field;
  while (passed - held > 0.002 * phases.field) {
    const double field = 0.5 * (held + passed);
    (passes(system, field, m) ? passed : held) = field;
  }
  EXPECT_NEAR(0.5 * (held + passed), phases.field, 0.01 * phases.field);
}

INSTANTIATE_TEST_SUITE_P(OfEachCombination, PhaseBoundary,
                         testing::Values(Phases{0.25, 0.1, 0.25, 1.568}, Phases{0.25, 0.1, 1.0, 1.089},
                                         Phases{0.25, 1.0, 0.25, 1.206}, Phases{0.25, 1.0, 1.0, 0.838},
                                         Phases{1.0, 0.1, 0.25, 1.005}, Phases{1.0, 0.1, 1.0, 0.565},
                                         Phases{1.0, 1.0, 0.25, 0.0}, Phases{1.0, 1.0, 1.0, 0.0}),
                         [](const auto& info) { return std::to_string(info.index); });

}  // namespace
}  // namespace spinsweep::micromagnetics
