#include "characterization/variant_curves.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "characterization/pinned_levels.hpp"
#include "device/readout.hpp"

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

TEST(ActivationFit, IsTheSameForEveryMirrorImage) {
  const std::vector<double> curve = {1.0e-4, 1.1e-4, 1.3e-4, 1.6e-4, 1.9e-4};
  const ActivationFit fit = fit_activation(current_density, curve, 3, full_scale);
  std::vector<double> negative;
  std::vector<double> falling;
  for (const double current : current_density) {
    negative.push_back(-current);
  }
  for (const double conductance : curve) {
    falling.push_back(antiparallel + parallel - conductance);
  }
  for (const auto& [current, conductance] :
       {std::pair(negative, curve), {current_density, falling}, {negative, falling}}) {
    const ActivationFit mirror = fit_activation(current, conductance, 3, full_scale);
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_NEAR(mirror.coefficients[k], fit.coefficients[k], 1e-9);
    }
    EXPECT_NEAR(mirror.residual, fit.residual, 1e-9);
  }
}

TEST(Levels, AreToldApartByPositionWhateverTheJunction) {
  device::DeviceParameters p = device::kind_of<device::Synapse>.defaults();
  for (const double antiparallel_resistance : {5.5e3, 10e3, 250e3, 1e8}) {
    p.mtj.resistance_antiparallel = antiparallel_resistance;
    std::vector<double> conductances;
    for (const double position : {0.0, 50e-9, 300e-9, 301e-9, 600e-9, 604e-9, 1450e-9, 1500e-9}) {
      conductances.push_back(device::track_conductance(1.0 - 2.0 * position / p.track.length, p.mtj));
    }
    // A cell is 3 nm.
    EXPECT_EQ(distinct_levels(conductances, p).size(), 7U) << antiparallel_resistance;
  }
}

}  // namespace
}  // namespace spinsweep::characterization
