#include "network/device_noise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "network/noise_device_to_device.hpp"
#include "network/noise_programming.hpp"
#include "network/noise_read.hpp"
#include "network/noise_retention.hpp"
#include "network/noise_stuck_at.hpp"
#include "network/noise_unit.hpp"

namespace spinsweep::network {
namespace {

constexpr std::uint32_t devices = 4000;

const DeviceLevels& levels() {
  static const DeviceLevels instance(std::vector<double>{1e-4, 1.5e-4, 3e-4});
  return instance;
}

/// Standard deviation of error(device) over many devices; its mean must be zero.
template <class Error>
double standard_deviation(Error&& error) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint32_t device = 0; device < devices; ++device) {
    const double value = error(DeviceNumber{device, 0, 0});
    sum += value;
    squares += value * value;
  }
  const double deviation = std::sqrt(squares / devices);
  EXPECT_NEAR(sum / devices, 0.0, 4.0 * deviation / std::sqrt(devices));
  return deviation;
}

TEST(NoiseUnit, IsTheRangeOfLevelsOrTheConductanceItself) {
  EXPECT_EQ(NoiseUnit({.scale = NoiseScale::absolute}, levels())(0.5), 1.0);
  // G = 2e-4 S, in units of the range of 2e-4 S.
  EXPECT_NEAR(NoiseUnit({.scale = NoiseScale::relative}, levels())(0.5), 1.0, 1e-12);
  EXPECT_NEAR(NoiseUnit({.scale = NoiseScale::relative}, levels())(0.0), 0.5, 1e-12);
}

TEST(DeviceToDeviceVariation, HasItsStandardDeviationInUnitsOfTheScale) {
  const DeviceToDeviceVariation noise({.device_to_device_sigma = 0.03}, 1);
  EXPECT_NEAR(standard_deviation([&](const DeviceNumber& n) { return noise.error(1.0, n); }), 0.03, 0.002);
  EXPECT_NEAR(standard_deviation([&](const DeviceNumber& n) { return noise.error(2.0, n); }), 0.06, 0.004);
}

TEST(ProgrammingNoise, IsIndependentOfDeviceToDeviceVariation) {
  const DeviceToDeviceVariation one({.device_to_device_sigma = 0.03}, 1);
  const ProgrammingNoise other({.programming_noise = 0.03}, 1);
  EXPECT_NEAR(standard_deviation([&](const DeviceNumber& n) { return one.error(1.0, n) + other.error(1.0, n); }),
              0.03 * std::sqrt(2.0), 0.003);
}

TEST(DeviceNoise, WithoutAmplitudeIsExactlyZero) {
  const DeviceNoise none;
  const DeviceNumber device{7, 1, 2};
  EXPECT_EQ(DeviceToDeviceVariation(none, 1).error(1.0, device), 0.0);
  EXPECT_EQ(ProgrammingNoise(none, 1).error(1.0, device), 0.0);
  EXPECT_FALSE(StuckAtFaults(none, 1).stuck_conductance(device).has_value());
  EXPECT_EQ(RetentionRelaxation(none, levels()).relaxed(0.4), 0.4);
  EXPECT_FALSE(ReadNoise(none, 1, 0).is_on());
}

TEST(StuckAtFaults, SticksTheGivenFractionAtEitherEndWithTheSameProbability) {
  const StuckAtFaults faults({.stuck_at_fraction = 0.2}, 1);
  int lowest = 0;
  int highest = 0;
  for (std::uint32_t device = 0; device < devices; ++device) {
    if (const auto g = faults.stuck_conductance({device, 0, 0})) {
      ASSERT_TRUE(*g == 0.0 || *g == 1.0);
      ++(*g == 0.0 ? lowest : highest);
    }
  }
  EXPECT_NEAR(lowest, 0.1 * devices, 80);
  EXPECT_NEAR(highest, 0.1 * devices, 80);
}

TEST(StuckAtFaults, OfAllDevicesLeaveNoneWorking) {
  const StuckAtFaults faults({.stuck_at_fraction = 1.0}, 1);
  for (std::uint32_t device = 0; device < devices; ++device) {
    EXPECT_TRUE(faults.stuck_conductance({device, 0, 0}).has_value());
  }
}

TEST(RetentionRelaxation, MovesAWallPartOfTheWayToTheNearestNotch) {
  // Levels at 0, 0.25 and 1.
  const RetentionRelaxation half({.retention_relaxation = 0.5}, levels());
  EXPECT_DOUBLE_EQ(half.relaxed(0.35), 0.30);
  EXPECT_DOUBLE_EQ(half.relaxed(0.10), 0.05);
  EXPECT_DOUBLE_EQ(half.relaxed(-0.2), -0.1) << "below the lowest level";
  EXPECT_DOUBLE_EQ(half.relaxed(1.2), 1.1) << "above the highest level";
  EXPECT_DOUBLE_EQ(half.relaxed(0.25), 0.25) << "at a notch";
}

TEST(ReadNoise, IsDrawnForEveryImageFromTheVarianceOfTheDevices) {
  const ReadNoise noise({.read_noise = 0.1}, 1, 0);
  EXPECT_DOUBLE_EQ(noise.variance(2.0), 0.04);
  double squares = 0.0;
  for (std::uint32_t image = 0; image < devices; ++image) {
    squares += std::pow(static_cast<double>(noise.error(0.25F, image, 0, 3)), 2);
  }
  EXPECT_NEAR(squares / devices, 0.25, 0.03);
  EXPECT_NE(noise.error(0.25F, 0, 0, 3), noise.error(0.25F, 1, 0, 3));
  EXPECT_NE(noise.error(0.25F, 0, 0, 3), noise.error(0.25F, 0, 1, 3));
}

}  // namespace
}  // namespace spinsweep::network
