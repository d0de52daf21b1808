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

TEST(Heating, RisesAsTheFormulaHasItAndDecaysAfterThePulse) {
  auto p = of_the_paper();
  p.pulse.relaxation = 10e-9;
  const HeatedStrip strip(p);
  const double flux = p.heavy_metal.resistivity * p.heavy_metal.thickness * 5e11 * 5e11;
  EXPECT_EQ(strip.rise(0.0), 0.0);
  for (const double time : {1e-9, 4e-9, 10e-9}) {
    const double expected = rise_of_strip(flux, time, p.track.width, p.substrate);
    EXPECT_NEAR(strip.rise(time), expected, 1e-12 * expected) << time;
  }
  EXPECT_NEAR(strip.rise(10e-9), 142.0, 0.02 * 142.0);
  EXPECT_EQ(strip.largest_rise(), largest_rise(p).strip);
  const double later =
      rise_of_strip(flux, 20e-9, p.track.width, p.substrate) - rise_of_strip(flux, 10e-9, p.track.width, p.substrate);
  EXPECT_NEAR(strip.rise(20e-9), later, 1e-12 * later);
  EXPECT_LT(strip.rise(20e-9), 0.5 * strip.rise(10e-9));
}

TEST(Heating, OfATrainAddsUp) {
  auto p = of_the_paper();
  p.pulse.duration = 2e-9;
  p.pulse.count = 3;
  p.pulse.period = 5e-9;
  p.pulse.relaxation = 3e-9;
  const HeatedStrip strip(p);
  auto single = p;
  single.pulse.count = 1;
  const HeatedStrip one(single);
  const double expected = one.rise(12e-9) + one.rise(7e-9) + one.rise(2e-9);
  EXPECT_NEAR(strip.rise(12e-9), expected, 1e-12 * expected);
  EXPECT_NEAR(strip.largest_rise(), expected, 1e-12 * expected);
}

TEST(Heating, IsTheTemperatureOfTheNoiseOnlyWhereItIsToFollow) {
  auto p = of_the_paper();
  p.material.temperature = 300.0;
  EXPECT_FALSE(noise_temperature(p).at);
  p.heating = true;
  const micromagnetics::NoiseTemperature noise = noise_temperature(p);
  EXPECT_EQ(noise.at(0.0), 300.0);
  EXPECT_NEAR(noise.at(10e-9), 442.0, 0.02 * 142.0);
  EXPECT_NEAR(noise.largest, noise.at(10e-9), 1e-9);
}

TEST(Heating, IsNoneWithoutCurrent) {
  auto p = of_the_paper();
  p.pulse.current_density = 0.0;
  EXPECT_EQ(largest_rise(p).strip, 0.0);
  EXPECT_EQ(HeatedStrip(p).largest_rise(), 0.0);
  EXPECT_EQ(HeatedStrip(p).rise(5e-9), 0.0);
}

}  // namespace
}  // namespace spinsweep::device
