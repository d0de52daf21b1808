#include "device/heating.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace spinsweep::device {
namespace {

/// 10 ns at 5e11 A/m2 in the default heavy metal on silica.
DeviceParameters of_the_paper() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.pulse.current_density = 5e11;
  p.pulse.duration = 10e-9;
  return p;
}

TEST(Heating, OfALongPulseIsThatOfAHalfSpaceAndOfAStripOnIt) {
  const TemperatureRise rise = largest_rise(of_the_paper());
  EXPECT_NEAR(rise.half_space, 188.0, 0.02 * 188.0);
  EXPECT_NEAR(rise.strip, 142.0, 0.02 * 142.0);
}

TEST(Heating, GrowsAsTheSquareOfTheCurrentAndTheRootOfTheTime) {
  auto p = of_the_paper();
  const double before = largest_rise(p).half_space;
  p.pulse.current_density *= -2.0;
  p.pulse.duration *= 4.0;
  EXPECT_NEAR(largest_rise(p).half_space, 8.0 * before, 1e-9 * before);
}

TEST(Heating, OfAStripIsThatOfTheHalfSpaceWhileTheHeatHasNotReachedItsMiddleFromTheEdges) {
  const Substrate silica;
  EXPECT_NEAR(rise_of_strip(1e9, 1e-11, 1e-6, silica), rise_of_half_space(1e9, 1e-11, silica), 1e-9);
  // Later it grows by q w/(2 pi k) for each factor e of the time, as that of a line of heat does.
  const double slope = rise_of_strip(1e9, 1e-3 * std::exp(1.0), 1e-7, silica) - rise_of_strip(1e9, 1e-3, 1e-7, silica);
  EXPECT_NEAR(slope, 1e9 * 1e-7 / (2.0 * M_PI * silica.conductivity), 1e-4 * slope);
}

/// The strip's middle by the surface integral of point sources, each of which gives q/(4 pi k r) erfc(r/sqrt(4 a t))
/// twice.
TEST(Heating, OfAStripIsTheSumOfThatOfItsPoints) {
  const Substrate silica;
  const double time = 10e-9;
  const double width = 150e-9;
  const double reach = std::sqrt(4.0 * silica.diffusivity * time);
  double sum = 0.0;
  constexpr int rings = 20000;
  const double farthest = 8.0 * reach;
  for (int k = 0; k < rings; ++k) {
    const double r = (k + 0.5) * farthest / rings;
    const double share = 2.0 * r <= width ? 2.0 * M_PI : 4.0 * std::asin(0.5 * width / r);
    sum += share * std::erfc(r / reach) * farthest / rings;
  }
  EXPECT_NEAR(rise_of_strip(1e9, time, width, silica), 1e9 * sum / (2.0 * M_PI * silica.conductivity),
              1e-5 * rise_of_strip(1e9, time, width, silica));
}

TEST(Heating, IsNoneWithoutCurrent) {
  auto p = of_the_paper();
  p.pulse.current_density = 0.0;
  EXPECT_EQ(largest_rise(p).strip, 0.0);
}

}  // namespace
}  // namespace spinsweep::device
