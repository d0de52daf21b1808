#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/constants.hpp"
#include "micromagnetics/mumax3_tensor.hpp"
#include "micromagnetics/reference_fields.hpp"
#include "micromagnetics/relaxation.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// Where OOMMF's <m_x> first vanishes in field 1: between its samples at 138 ps (0.00804984) and 139 ps (-0.00811637).
constexpr double oommf_first_zero = 138.498e-12;

/// muMAG standard problem 4 (https://www.ctcms.nist.gov/~rdm/std4/spec4.html): a Permalloy film of 500 x 125 x 3 nm is
/// reversed from its s-state by a field switched on at t = 0.
class StandardProblem4 {
 public:
  explicit StandardProblem4(int columns, double gyromagnetic_ratio = 2.211e5,
                            const TensorFunction& tensor = demag_tensor)
      : material_{.saturation_magnetization = 8e5,
                  .exchange_stiffness = 1.3e-11,
                  .anisotropy = 0.0,
                  .dmi = 0.0,
                  .damping = 0.02,
                  .gyromagnetic_ratio = gyromagnetic_ratio},
        mesh_{columns, columns / 4, 500e-9 / columns, 500e-9 / columns, 3e-9},
        demag_(std::make_shared<DemagField>(mesh_, material_.saturation_magnetization, RowDecomposition(mesh_.ny),
                                            tensor)),
        system_(material_, mesh_, Mask(mesh_.cells(), 1), demag_),
        integration_(system_, 1e-6) {
    integration_.set_magnetization(s_state());
  }

  [[nodiscard]] Vector3 mean() const { return system_.mean_magnetization(integration_.magnetization()); }

  /// mu0 H, T.
  void apply(double x, double y) {
    system_.set_applied_field({x / constants::vacuum_permeability, y / constants::vacuum_permeability, 0.0});
    integration_.set_magnetization(s_state());
  }

  void advance(double end) { integration_.advance(end); }

  /// Time at which <m_x> first vanishes, s.
  double first_zero() {
    Vector3 before = mean();
    for (int k = 1; k <= 500; ++k) {
      const double time = k * 1e-12;
      integration_.advance(time);
      const Vector3 now = mean();
      if (now.x < 0.0) {
        return time - 1e-12 * now.x / (now.x - before.x);
      }
      before = now;
    }
    return 0.0;
  }

 private:
  /// Relaxed once for all films of the same mesh and material, by whatever integrator the first of them has.
  const std::vector<double>& s_state() {
    static std::map<std::pair<int, double>, std::vector<double>> known;
    std::vector<double>& m = known[{mesh_.nx, material_.gyromagnetic_ratio}];
    if (!m.empty()) {
      return m;
    }
    const FieldLayout layout(mesh_);
    m.assign(layout.size(), 0.0);
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        m[layout.index(i, j)] = 1.0 / std::sqrt(1.01);
        m[layout.index(i, j) + layout.component_size()] = 0.1 / std::sqrt(1.01);
      }
    }
    relax({material_, mesh_, Mask(mesh_.cells(), 1), nullptr}, demag_, {},
          {.stopping_rate = 1e4, .longest = 20e-9, .tolerance = 1e-7}, m);
    return m;
  }

  Material material_;
  Mesh mesh_;
  std::shared_ptr<DemagField> demag_;
  LlgsSystem system_;
  TimeIntegration integration_;
};

TEST(StandardProblem4, BeginsInTheSStateOfMumax3) {
  // mumax3, test/standardproblem4.mx3, which has the same mesh: <m> = (0.96697, 0.12527, 0) after relaxation.
  const Vector3 mean = StandardProblem4(128).mean();
  EXPECT_NEAR(mean.x, 0.9669684, 5e-5);
  EXPECT_NEAR(mean.y, 0.1252732, 5e-5);
  EXPECT_NEAR(mean.z, 0.0, 1e-6);
}

TEST(StandardProblem4, FollowsOommfThroughTheReversalByFieldOne) {
  // The same mesh and gyromagnetic ratio; its source is in tests/data/README.md.
  const tests::Table oommf = tests::read_table("standard_problem_4_field_1.csv");
  StandardProblem4 film(200);
  film.apply(-24.6e-3, 4.3e-3);
  ASSERT_EQ(oommf.rows.size(), 52U);
  double worst = 0.0;
  double first_zero = 0.0;
  double before = 1.0;
  for (const auto& row : oommf.rows) {
    film.advance(row[0]);
    const Vector3 mean = film.mean();
    worst = std::max({worst, std::abs(mean.x - row[1]), std::abs(mean.y - row[2]), std::abs(mean.z - row[3])});
    if (before > 0.0 && mean.x <= 0.0) {
      first_zero = row[0] - 1e-12 * mean.x / (mean.x - before);
    }
    before = mean.x;
  }
  RecordProperty("largest_difference", std::to_string(worst * 1e6) + "e-6");
  RecordProperty("first_zero_ps", std::to_string(first_zero * 1e12));
  EXPECT_LE(worst, 1e-4);
  EXPECT_NEAR(first_zero, oommf_first_zero, 0.01e-12);
}

/// A field and what mumax3 finds 1 ns after it was switched on, test/standardproblem4.mx3 and standardproblem4b.mx3.
struct Mumax3Run {
  double field_x;  ///< mu0 H, T
  double field_y;  ///< mu0 H, T
  Vector3 mean;
  double bound;  ///< of the difference
};

void PrintTo(const Mumax3Run& run, std::ostream* out) {
  *out << "mu0 H = (" << run.field_x * 1e3 << ", " << run.field_y * 1e3 << ") mT";
}

class StandardProblem4OfMumax3 : public testing::TestWithParam<Mumax3Run> {};

TEST_P(StandardProblem4OfMumax3, EndsWhereMumax3DoesWithItsTensorAndItsGyromagneticRatio) {
  // Its own are 1.7595e11 rad/(T s) and sums over point charges; it computes in single precision, with a tolerance of
  // 1e-5 a step.
  StandardProblem4 film(128, 1.7595e11 * constants::vacuum_permeability, mumax3_tensor);
  film.apply(GetParam().field_x, GetParam().field_y);
  film.advance(1e-9);
  const Vector3 mean = film.mean();
  RecordProperty("mean", std::to_string(mean.x) + " " + std::to_string(mean.y) + " " + std::to_string(mean.z));
  EXPECT_NEAR(mean.x, GetParam().mean.x, GetParam().bound);
  EXPECT_NEAR(mean.y, GetParam().mean.y, GetParam().bound);
  EXPECT_NEAR(mean.z, GetParam().mean.z, GetParam().bound);
}

INSTANTIATE_TEST_SUITE_P(BothFields, StandardProblem4OfMumax3,
                         testing::Values(Mumax3Run{-24.6e-3, 4.3e-3, {-0.9846124, 0.1260409, 0.0432712}, 1e-4},
                                         Mumax3Run{-35.5e-3, -6.3e-3, {-0.9692332, -0.1203954, -0.0053076}, 4e-3}));

TEST(StandardProblem4, IsTheSameWithTheDormandPrinceMethodOfPetscThatExtrapolatesNoField) {
  // At a damping of 0.02 errors are not damped out: an error of the extrapolated field that fed the precession would
  // grow.
  StandardProblem4 film(128);
  film.apply(-24.6e-3, 4.3e-3);
  film.advance(0.1e-9);
  PetscOptionsSetValue(nullptr, "-ts_type", "rk");
  PetscOptionsSetValue(nullptr, "-ts_rk_type", "5dp");
  StandardProblem4 other(128);
  PetscOptionsClearValue(nullptr, "-ts_type");
  PetscOptionsClearValue(nullptr, "-ts_rk_type");
  other.apply(-24.6e-3, 4.3e-3);
  other.advance(0.1e-9);
  EXPECT_NEAR(film.mean().x, other.mean().x, 1e-4);
  EXPECT_NEAR(film.mean().y, other.mean().y, 1e-4);
  EXPECT_NEAR(film.mean().z, other.mean().z, 1e-4);
}

/// A field and the time at which it first brings <m_x> to zero in the mean of the published solutions. These cross with
/// a standard deviation of 0.8 and 0.9 ps.
struct Reversal {
  double number;      ///< of the field
  double field_x;     ///< mu0 H, T
  double field_y;     ///< mu0 H, T
  double first_zero;  ///< ps
};

void PrintTo(const Reversal& reversal, std::ostream* out) {
  *out << "field " << reversal.number;
}

class StandardProblem4Fields : public testing::TestWithParam<Reversal> {};

TEST_P(StandardProblem4Fields, FollowsThePublishedSolutionsWithinTwiceTheirStandardDeviation) {
  const tests::Table published = tests::read_table("standard_problem_4_published.csv");
  StandardProblem4 film(200);
  film.apply(GetParam().field_x, GetParam().field_y);
  int samples = 0;
  double worst = 0.0;
  for (const auto& row : published.rows) {
    if (row[0] == GetParam().number) {
      film.advance(row[1]);
      const Vector3 mean = film.mean();
      worst = std::max({worst, std::abs(mean.x - row[2]) / row[3], std::abs(mean.y - row[4]) / row[5],
                        std::abs(mean.z - row[6]) / row[7]});
      ++samples;
    }
  }
  RecordProperty("largest_difference_in_standard_deviations", std::to_string(worst));
  EXPECT_EQ(samples, 50);
  EXPECT_LE(worst, 2.0);
}

TEST_P(StandardProblem4Fields, ReversesWhenThePublishedSolutionsDoOnAFinerMeshToo) {
  double zero[2];
  for (const int run : {0, 1}) {
    StandardProblem4 film(run == 0 ? 128 : 200);
    film.apply(GetParam().field_x, GetParam().field_y);
    zero[run] = film.first_zero() * 1e12;
    RecordProperty(run == 0 ? "first_zero_ps_3.9nm" : "first_zero_ps_2.5nm", std::to_string(zero[run]));
  }
  EXPECT_NEAR(zero[0], zero[1], 0.3);
  EXPECT_NEAR(zero[1], GetParam().first_zero, 0.1);
}

INSTANTIATE_TEST_SUITE_P(BothFields, StandardProblem4Fields,
                         testing::Values(Reversal{1, -24.6e-3, 4.3e-3, 138.447},
                                         Reversal{2, -35.5e-3, -6.3e-3, 136.780}));

}  // namespace
}  // namespace spinsweep::micromagnetics
