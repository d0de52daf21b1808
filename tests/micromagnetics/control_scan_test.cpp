#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "micromagnetics/control_scan.hpp"

namespace spinsweep::micromagnetics {
namespace {

TEST(AdaptiveControl, KeepsItsAccuracyAllOverWhatIsSwept) {
  std::mt19937_64 random(20260101);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  double worst_mean = 0.0;
  double worst_cell = 0.0;
  for (int k = 0; k < 60; ++k) {
    const tests::ControlPoint point{.current_density = 5e12 * std::pow(share(random), 2),
                                    .damping = 0.005 * std::pow(200.0, share(random)),
                                    .dmi = -3e-3 + 6e-3 * share(random),
                                    .cell = 1e-9 * std::pow(5.0, share(random))};
    const int columns = static_cast<int>(120e-9 / point.cell);
    const auto figures = tests::control_figures(point, columns, columns / 4, 200e-12);
    worst_mean = std::max(worst_mean, figures.mean_difference);
    worst_cell = std::max(worst_cell, figures.largest_difference);
    EXPECT_LE(figures.mean_difference, 1e-4) << point.text();
    EXPECT_LE(figures.length_error, 1e-12) << point.text();
  }
  RecordProperty("largest_difference_of_mean", std::to_string(worst_mean * 1e6) + "e-6");
  RecordProperty("largest_difference_of_a_cell", std::to_string(worst_cell * 1e6) + "e-6");
}

}  // namespace
}  // namespace spinsweep::micromagnetics
