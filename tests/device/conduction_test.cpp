#include "device/conduction.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <string>

#include "base/error.hpp"
#include "device/current.hpp"
#include "device/parameters.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

using micromagnetics::Mesh;

std::vector<double> conductance_of(const Mesh& mesh, const std::function<double(int, int)>& of_cell) {
  std::vector<double> conductance;
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      conductance.push_back(of_cell(i, j));
    }
  }
  return conductance;
}

/// The current through the i-th line of faces across the sheet.
double through(const Mesh& mesh, const SheetCurrent& current, int i) {
  double sum = 0.0;
  for (int j = 0; j < mesh.ny; ++j) {
    sum += current.to_east[static_cast<std::size_t>(j * (mesh.nx + 1) + i)];
  }
  return sum;
}

TEST(Conduction, InAStraightStripIsUniformToRounding) {
  const Mesh mesh{40, 8, 3e-9, 3e-9, 2e-9};
  const SheetCurrent current = conduct(mesh, std::vector<double>(mesh.cells(), 1.0));
  EXPECT_NEAR(current.squares, 5.0, 1e-13);
  for (const double face : current.to_east) {
    EXPECT_NEAR(face, 1.0 / 8.0, 1e-14);
  }
  for (const double face : current.to_north) {
    EXPECT_NEAR(face, 0.0, 1e-14);
  }
}

TEST(Conduction, CarriesTheSameCurrentThroughEveryCrossSection) {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track.length = 600e-9;
  p.notches = {.count = 2, .diameter = 60e-9, .shape = NotchShape::triangle};
  for (const Edge edge : {Edge::staircase, Edge::smooth}) {
    p.track.edge = edge;
    const Mesh mesh = make_mesh(p);
    const SheetCurrent current = conduct(mesh, filled_shares(p));
    for (int i = 0; i <= mesh.nx; ++i) {
      EXPECT_NEAR(through(mesh, current, i), 1.0, 1e-10) << i;
    }
  }
}

TEST(Conduction, OfASheetThatIsItsOwnDualIsThatOfASquareToSecondOrder) {
  // J. B. Keller, J. Math. Phys. 5, 548 (1964); A. M. Dykhne, Sov. Phys. JETP 32, 63 (1971): the conductance of a
  // square is the inverse of that of 1/sigma in the other direction; here sigma(y, x) = 1/sigma(x, y).
  const auto error = [](int cells) {
    const Mesh mesh{cells, cells, 1e-9, 1e-9, 2e-9};
    return std::abs(conduct(mesh, conductance_of(mesh,
                                                 [cells](int i, int j) {
                                                   const double x = (i + 0.5) / cells;
                                                   const double y = (j + 0.5) / cells;
                                                   return std::exp(
                                                       3.0 * (std::sin(2.0 * x) * y * y - std::sin(2.0 * y) * x * x));
                                                 }))
                        .squares -
                    1.0);
  };
  const double coarse = error(20);
  const double middle = error(40);
  const double fine = error(80);
  RecordProperty("errors", std::to_string(coarse) + " " + std::to_string(middle) + " " + std::to_string(fine));
  EXPECT_NEAR(std::log2(coarse / middle), 2.0, 0.1);
  EXPECT_NEAR(std::log2(middle / fine), 2.0, 0.1);
}

TEST(Conduction, AroundARoundHoleGoesToThatOfRayleighWithTheCell) {
  // A square with a hole in its middle is the cell of a square array of insulating cylinders: Lord Rayleigh, Phil. Mag.
  // 34, 481 (1892); W. T. Perrins, D. R. McKenzie and R. C. McPhedran, Proc. R. Soc. A 369, 207 (1979), eq. 14.
  const double f = 0.3;
  const double conductivity =
      1.0 -
      2.0 * f / (1.0 + f - 0.305827 * std::pow(f, 4) / (1.0 - 1.402958 * std::pow(f, 8)) - 0.013362 * std::pow(f, 8));
  const auto error = [&](int cells) {
    constexpr int parts = 16;
    const Mesh mesh{cells, cells, 1e-9, 1e-9, 2e-9};
    const double radius = std::sqrt(f / std::numbers::pi);
    const SheetCurrent current = conduct(mesh, conductance_of(mesh, [&](int i, int j) {
                                           int filled = 0;
                                           for (int k = 0; k < parts * parts; ++k) {
                                             const double x = (i + (k % parts + 0.5) / parts) / cells - 0.5;
                                             const double y = (j + (k / parts + 0.5) / parts) / cells - 0.5;
                                             filled += std::hypot(x, y) >= radius ? 1 : 0;
                                           }
                                           return static_cast<double>(filled) / (parts * parts);
                                         }));
    return std::abs(current.squares * conductivity - 1.0);
  };
  // Cut cells are of first order.
  const double coarse = error(32);
  const double fine = error(128);
  RecordProperty("error_32", std::to_string(coarse));
  RecordProperty("error_128", std::to_string(fine));
  EXPECT_LT(fine, 5e-3);
  EXPECT_NEAR(coarse / fine, 4.0, 1.0);
}

TEST(Conduction, ThroughAConstrictionIsThatOfConformalMapping) {
  // A strip of half the width between two of the whole: each step adds
  // ((a^2 + 1)/a ln((1 + a)/(1 - a)) - 2 ln(4 a/(1 - a^2)))/pi squares, a = 1/2; P. M. Hall, Thin Solid Films 1, 277
  // (1968).
  const double a = 0.5;
  const double step = ((a * a + 1.0) / a * std::log((1.0 + a) / (1.0 - a)) - 2.0 * std::log(4.0 * a / (1.0 - a * a))) /
                      std::numbers::pi;
  const auto excess = [](int width) {
    const Mesh mesh{12 * width, width, 1e-9, 1e-9, 2e-9};
    const SheetCurrent current = conduct(mesh, conductance_of(mesh, [=](int i, int j) {
                                           const bool is_narrow = i >= 4 * width && i < 8 * width;
                                           return !is_narrow || 2 * j < width ? 1.0 : 0.0;
                                         }));
    return current.squares - 8.0 - 4.0 / 0.5;
  };
  const double coarse = excess(16);
  const double fine = excess(32);
  RecordProperty("over_conformal_mapping_16", std::to_string(coarse / (2.0 * step)));
  RecordProperty("over_conformal_mapping_32", std::to_string(fine / (2.0 * step)));
  // The corners make the error go as the 4/3rd power of the cell.
  const double limit = fine + (fine - coarse) / (std::pow(2.0, 4.0 / 3.0) - 1.0);
  EXPECT_NEAR(limit, 2.0 * step, 2e-3 * step);
  EXPECT_NEAR(fine, 2.0 * step, 0.02 * 2.0 * step);
}

TEST(Conduction, OfASheetThatIsCutThroughIsRefused) {
  const Mesh mesh{10, 4, 1e-9, 1e-9, 2e-9};
  EXPECT_THROW((void)conduct(mesh, conductance_of(mesh, [](int i, int /*j*/) { return i == 5 ? 0.0 : 1.0; })),
               InputError);
  EXPECT_THROW((void)conduct(mesh, std::vector<double>(mesh.cells(), 0.0)), InputError);
}

TEST(Conduction, LeavesAnIslandWithoutCurrent) {
  const Mesh mesh{10, 6, 1e-9, 1e-9, 2e-9};
  const auto of_cell = [](int i, int j) { return j < 3 || (i == 5 && j == 5) ? 1.0 : 0.0; };
  const SheetCurrent current = conduct(mesh, conductance_of(mesh, of_cell));
  EXPECT_NEAR(current.squares, 10.0 / 3.0, 1e-12);
  EXPECT_EQ(current.to_east[5 * 11 + 5], 0.0);
  EXPECT_EQ(current.to_east[5 * 11 + 6], 0.0);
}

/// The paper's notch on cells that fit its depth.
DeviceParameters notched(double diameter = 20e-9) {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = 300e-9, .width = 150e-9, .thickness = 2e-9, .cell = 2e-9};
  p.notches = {.count = 1, .diameter = diameter, .first = 149e-9, .pitch = {}};
  p.current.flow = CurrentFlow::crowded;
  return p;
}

TEST(CurrentMap, IsNoneWhereTheCurrentIsUniform) {
  DeviceParameters p = notched();
  p.current.flow = CurrentFlow::uniform;
  EXPECT_EQ(make_current_map(p), nullptr);
}

TEST(CurrentMap, AtThePapersNotchHasTheMeanOfTheWidthOverWhatIsLeftOfIt) {
  const DeviceParameters p = notched();
  const Mesh mesh = make_mesh(p);
  const auto mask = make_mask(p);
  const auto map = make_current_map(p);
  double sum = 0.0;
  double tip = 0.0;
  int cells = 0;
  for (int j = 0; j < mesh.ny; ++j) {
    const auto k = static_cast<std::size_t>(j * mesh.nx + 74);
    sum += map->x[k];
    tip = std::max(tip, map->x[k]);
    cells += mask[k];
  }
  EXPECT_EQ(cells, 65);
  EXPECT_NEAR(sum / cells, 150.0 / 130.0, 1e-9);
  RecordProperty("at_the_tip", std::to_string(tip));
  EXPECT_GT(tip, 1.5);
  EXPECT_LT(tip, 2.1);
}

TEST(CurrentMap, OfAMirrorSymmetricTrackIsMirrorSymmetric) {
  DeviceParameters p = notched(40e-9);
  p.notches.first = 150e-9;
  const Mesh mesh = make_mesh(p);
  const auto map = make_current_map(p);
  double turned = 0.0;
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const auto at = [&](int column, int row) { return static_cast<std::size_t>(row * mesh.nx + column); };
      EXPECT_NEAR(map->x[at(i, j)], map->x[at(mesh.nx - 1 - i, j)], 1e-9);
      EXPECT_NEAR(map->y[at(i, j)], -map->y[at(i, mesh.ny - 1 - j)], 1e-9);
      turned = std::max(turned, map->y[at(i, j)]);
    }
  }
  EXPECT_GT(turned, 0.2);
}

TEST(CurrentMap, IsTheSameAgainAfterAnotherTrack) {
  const auto first = make_current_map(notched());
  const auto again = make_current_map(notched());
  EXPECT_EQ(first, again);
  const auto other = make_current_map(notched(40e-9));
  EXPECT_NE(other->x, first->x);
  EXPECT_EQ(make_current_map(notched())->x, first->x);
}

TEST(ResistanceOfANotch, OfSmallSemicirclesIsThatOfARoundHole) {
  // The pair is, mirrored at the edges, a row of holes: 2 pi a^2/width^2 squares while they are small.
  const double squares = 2.0 * std::numbers::pi * 10.0 * 10.0 / (150.0 * 150.0);
  const auto error = [&](double cell) {
    DeviceParameters p = notched();
    p.track.cell = cell;
    const double expected = p.heavy_metal.resistivity / p.heavy_metal.thickness * squares;
    return resistance_of_a_notch(p) / expected - 1.0;
  };
  // On a mesh the edge of a hole is rough, and a rough hole resists more.
  const double coarse = error(2e-9);
  const double fine = error(0.5e-9);
  RecordProperty("error_2nm", std::to_string(coarse));
  RecordProperty("error_half_nm", std::to_string(fine));
  EXPECT_LT(coarse, 0.2);
  EXPECT_GT(fine, 0.0);
  EXPECT_LT(fine, 0.4 * coarse);
}

TEST(ResistanceOfANotch, IsNegativeForABulgeAndMissingWithoutNotches) {
  DeviceParameters p = notched();
  p.notches.depth = -10e-9;
  EXPECT_LT(resistance_of_a_notch(p), 0.0);
  p.notches = {};
  EXPECT_TRUE(std::isnan(resistance_of_a_notch(p)));
}

}  // namespace
}  // namespace spinsweep::device
