#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <numeric>

#include "micromagnetics/relaxation.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// The standard problem for materials with DMI: D. Cortes-Ortuno and others, New J. Phys. 20, 113015 (2018). It leaves
/// the demagnetising field out. Its published results: the authors' repository
/// fangohr/paper-supplement-standard-problem-dmi, notebooks/data and the output of notebooks/2d_problem.ipynb. What
/// OOMMF and Fidimag call D there has the other sign.
class DmiStandardProblem : public testing::Test {
 protected:
  static constexpr double exchange = 13e-12;
  static constexpr double anisotropy = 0.4e6;
  static constexpr double dmi = 3e-3;

  static Material material(double d) {
    return {.saturation_magnetization = 0.86e6,
            .exchange_stiffness = exchange,
            .anisotropy = anisotropy,
            .dmi = d,
            .damping = 1.0};
  }

  static std::shared_ptr<DemagField> no_demag(const Mesh& mesh) { return std::make_shared<DemagField>(mesh, 0.0); }

  /// m from start(x, y), x and y measured from the lower left corner, relaxed.
  template <class Start>
  static std::vector<double> relaxed(const Mesh& mesh, const Mask& mask, double d, Start start) {
    const FieldLayout layout(mesh);
    const std::size_t size = layout.component_size();
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        if (mask[static_cast<std::size_t>(j * mesh.nx + i)] != 0) {
          const Vector3 v = start(mesh.x(i), mesh.y(j));
          const double scale = 1.0 / std::sqrt(dot(v, v));
          const std::size_t k = layout.index(i, j);
          m[k] = scale * v.x;
          m[k + size] = scale * v.y;
          m[k + 2 * size] = scale * v.z;
        }
      }
    }
    relax({material(d), mesh, mask, nullptr}, no_demag(mesh), {},
          {.stopping_rate = 1e5, .longest = 4e-9, .tolerance = 1e-7}, m);
    return m;
  }

  /// The wire along x, one cell wide.
  template <class Start>
  static std::vector<double> relaxed_wire(const Mesh& mesh, double d, Start start) {
    return relaxed(mesh, Mask(mesh.cells(), 1), d, start);
  }

  static double energy(const Mesh& mesh, double d, const std::vector<double>& m) {
    LlgsSystem system(material(d), mesh, Mask(mesh.cells(), 1), no_demag(mesh));
    const Energies terms = system.energies(m);
    return std::accumulate(terms.begin(), terms.end(), 0.0);
  }
};

TEST_F(DmiStandardProblem, GivesThePublishedProfileOfTheWire) {
  const Mesh mesh{100, 1, 1e-9, 1e-9, 1e-9};
  const auto m = relaxed_wire(mesh, -dmi, [](double, double) { return Vector3{0.1, 0.0, 1.0}; });
  const FieldLayout layout(mesh);
  // results_1d/result_1d_x-mz_interfacial_oommf.txt and x-mx, at -49.5, -48.5, -47.5 and -46.5 nm.
  const double mz[] = {0.7897322577, 0.8470658855, 0.8897254809, 0.9209940207};
  const double mx[] = {-0.6134516780, -0.5314878980, -0.4564959677, -0.3895767112};
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(m[layout.index(i, 0) + 2 * layout.component_size()], mz[i], 2e-5) << i;
    EXPECT_NEAR(m[layout.index(i, 0)], mx[i], 2e-5) << i;
    EXPECT_NEAR(m[layout.index(99 - i, 0)], -mx[i], 2e-5) << i;
  }
}

TEST_F(DmiStandardProblem, TendsToTheExactProfileAsTheMeshIsRefined) {
  // Far from the other end A theta'^2 = K sin^2(theta), and theta' = D/(2A) at the edge (S. Rohart and A. Thiaville,
  // Phys. Rev. B 88, 184422 (2013)): sin(theta_edge) = D width/(2A), tan(theta/2) = tan(theta_edge/2) exp(-x/width).
  const double width = std::sqrt(exchange / anisotropy);
  const double at_edge = std::asin(dmi * width / (2.0 * exchange));
  double worst[2] = {0.0, 0.0};
  for (const int refinement : {0, 1}) {
    const double cell = refinement == 0 ? 1e-9 : 0.5e-9;
    const Mesh mesh{static_cast<int>(std::lround(60e-9 / cell)), 1, cell, cell, 1e-9};
    const auto m = relaxed_wire(mesh, dmi, [](double, double) { return Vector3{0.0, 0.0, 1.0}; });
    const FieldLayout layout(mesh);
    for (int i = 0; mesh.x(i) < 20e-9; ++i) {
      const double theta = 2.0 * std::atan(std::tan(0.5 * at_edge) * std::exp(-mesh.x(i) / width));
      worst[refinement] =
          std::max(worst[refinement], std::abs(m[layout.index(i, 0) + 2 * layout.component_size()] - std::cos(theta)));
    }
  }
  EXPECT_LE(worst[0], 0.01);
  EXPECT_LE(worst[1], 0.6 * worst[0]);
}

TEST_F(DmiStandardProblem, MakesAWallCostFourRootAkLessPiD) {
  // A. Thiaville and others, EPL 100, 57002 (2012): sigma = 4 sqrt(AK) - pi |D|, zero at D = 4 sqrt(AK)/pi.
  const Mesh mesh{240, 1, 0.5e-9, 0.5e-9, 1e-9};
  const double area = mesh.ny * mesh.dy * mesh.dz;
  const double root = std::sqrt(exchange * anisotropy);
  double sigma[3];
  int k = 0;
  for (const double d : {0.0, 1.5e-3, 2.6e-3}) {
    const auto up = relaxed_wire(mesh, d, [](double, double) { return Vector3{0.0, 0.0, 1.0}; });
    const auto wall = relaxed_wire(mesh, d, [](double x, double) {
      const double u = (x - 60e-9) / 5.7e-9;
      return Vector3{1.0 / std::cosh(u), 0.0, std::tanh(u)};
    });
    sigma[k] = (energy(mesh, d, wall) - energy(mesh, d, up)) / area;
    EXPECT_NEAR(sigma[k], 4.0 * root - std::numbers::pi * d, 0.005 * 4.0 * root) << d;
    ++k;
  }
  const double critical = 1.5e-3 + (2.6e-3 - 1.5e-3) * sigma[1] / (sigma[1] - sigma[2]);
  EXPECT_NEAR(critical, 4.0 * root / std::numbers::pi, 0.005 * critical);
}

/// The skyrmion in the disk of 100 nm diameter and 2 nm thickness.
class Skyrmion : public DmiStandardProblem {
 protected:
  explicit Skyrmion(double cell = 2e-9)
      : mesh_{static_cast<int>(std::lround(100e-9 / cell)), static_cast<int>(std::lround(100e-9 / cell)), cell, cell,
              2e-9},
        mask_(mesh_.cells(), 0) {
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        mask_[static_cast<std::size_t>(j * mesh_.nx + i)] =
            std::hypot(mesh_.x(i) - 50e-9, mesh_.y(j) - 50e-9) < 50e-9 ? 1 : 0;
      }
    }
  }

  [[nodiscard]] std::vector<double> state() const {
    return relaxed(mesh_, mask_, dmi, [](double x, double y) {
      return Vector3{0.0, 0.1, std::hypot(x - 50e-9, y - 50e-9) < 25e-9 ? 1.0 : -1.0};
    });
  }

  /// m_z along the row just above the middle.
  [[nodiscard]] std::vector<double> row(const std::vector<double>& m) const {
    const FieldLayout layout(mesh_);
    std::vector<double> mz;
    mz.reserve(static_cast<std::size_t>(mesh_.nx));
    for (int i = 0; i < mesh_.nx; ++i) {
      mz.push_back(m[layout.index(i, mesh_.ny / 2) + 2 * layout.component_size()]);
    }
    return mz;
  }

  /// Where m_z of that row vanishes right of the middle, m from the middle; by a cubic through the four cells around.
  [[nodiscard]] double radius(const std::vector<double>& mz) const {
    int i = mesh_.nx / 2;
    while (mz[static_cast<std::size_t>(i + 1)] > 0.0) {
      ++i;
    }
    const auto cubic = [&](double t) {  // t in cells from cell i
      double sum = 0.0;
      for (int a = -1; a <= 2; ++a) {
        double weight = 1.0;
        for (int b = -1; b <= 2; ++b) {
          weight *= a == b ? 1.0 : (t - b) / (a - b);
        }
        sum += weight * mz[static_cast<std::size_t>(i + a)];
      }
      return sum;
    };
    double low = 0.0;
    double high = 1.0;
    for (int k = 0; k < 50; ++k) {
      const double middle = 0.5 * (low + high);
      (cubic(middle) > 0.0 ? low : high) = middle;
    }
    return mesh_.x(i) + low * mesh_.dx - 50e-9;
  }

  Mesh mesh_;
  Mask mask_;
};

TEST_F(Skyrmion, HasThePublishedRadiusAndEdgeTiltOnTheMeshOfThePaper) {
  const auto mz = row(state());
  EXPECT_NEAR(radius(mz) * 1e9, 21.8708, 0.01);
  // results_2d/result_2d_r-mz_interfacial_oommf.txt, at -49, -47, -45 and -43 nm.
  const double published[] = {-0.8407198339, -0.9200824557, -0.9621241564, -0.9839091543};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(mz[i], published[i], 2e-4) << i;
  }
}

class FineSkyrmion : public Skyrmion {
 protected:
  FineSkyrmion() : Skyrmion(1e-9) {}
};

TEST_F(FineSkyrmion, TendsToTheRadiusOfTheContinuum) {
  // 22.0304 nm: the authors' solution of the ordinary differential equation.
  EXPECT_NEAR(radius(row(state())) * 1e9, 22.0304, 0.1);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
