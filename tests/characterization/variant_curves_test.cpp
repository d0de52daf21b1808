#include "characterization/variant_curves.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace spinsweep::characterization {
namespace {

constexpr double parallel = 1.0 / 5e3;
constexpr double antiparallel = 1.0 / 10e3;
constexpr double full_scale = parallel - antiparallel;
const std::vector<double> current_density = {0.1e12, 0.2e12, 0.3e12, 0.4e12, 0.5e12};

std::vector<double> line(double rise) {
  std::vector<double> conductance;
  conductance.reserve(current_density.size());
  for (const double current : current_density) {
    conductance.push_back(antiparallel + rise * (current - 0.1e12) / 0.4e12);
  }
  return conductance;
}

TEST(ActivationFit, IsTheIdentityForAWallThatMovesWithTheCurrent) {
  const ActivationFit fit = fit_activation(current_density, line(0.5 * full_scale), 2, full_scale);
  EXPECT_NEAR(fit.coefficients[0], 1.0, 1e-12);
  EXPECT_NEAR(fit.coefficients[1], 0.0, 1e-12);
  EXPECT_NEAR(fit.residual, 0.0, 1e-12);
}

TEST(ActivationFit, RefusesTheCurveOfAWallThatNeverReachesTheDetector) {
  EXPECT_THROW((void)fit_activation(current_density, line(0.0), 2, full_scale), SimulationError);
  EXPECT_THROW((void)fit_activation(current_density, line(0.001 * full_scale), 2, full_scale), SimulationError);
  EXPECT_NO_THROW((void)fit_activation(current_density, line(0.02 * full_scale), 2, full_scale));
  try {
    // What was measured of a wall whose tail alone is in the detector.
    (void)fit_activation(current_density, std::vector{1.0023e-4, 1.0024e-4, 1.0023e-4, 1.0024e-4, 1.0023e-4}, 2,
                         full_scale);
    FAIL();
  } catch (const SimulationError& error) {
    EXPECT_NE(std::string(error.what()).find("goes from 1.0023e-04 to 1.0024e-04 S"), std::string::npos);
  }
}

}  // namespace
}  // namespace spinsweep::characterization
