#include "network/device_noise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "network/noise_read.hpp"
#include "network/write_noise.hpp"

namespace spinsweep::network {
namespace {

constexpr std::uint32_t devices = 4000;

const DeviceLevels& levels() {
  static const DeviceLevels instance(std::vector<double>{1e-4, 1.5e-4, 3e-4});
  return instance;
}

/// What becomes of many devices of the same normalised conductance. act(conductances, run) acts on a run of them.
template <class Act>
std::vector<double> after(const Act& act, double conductance) {
  std::vector<double> all(devices, conductance);
  for (std::size_t begin = 0; begin < devices; begin += DeviceRun::longest) {
    act(std::span(all).subspan(begin, std::min<std::size_t>(DeviceRun::longest, devices - begin)),
        device_run(begin, 0, 0, 0));
  }
  return all;
}

/// Standard deviation of the errors of many devices; their mean must be zero.
double standard_deviation(const std::vector<const GaussianNoise*>& sources, double unit) {
  const std::vector<double> units(DeviceRun::longest, unit);
  const auto act = [&](std::span<double> conductances, const DeviceRun& run) {
    for (const GaussianNoise* source : sources) {
      source->act_on(conductances, units, run);
    }
  };
  double sum = 0.0;
  double squares = 0.0;
  for (const double error : after(act, 0.0)) {
    sum += error;
    squares += error * error;
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
  EXPECT_NEAR(standard_deviation({&noise}, 1.0), 0.03, 0.002);
  EXPECT_NEAR(standard_deviation({&noise}, 2.0), 0.06, 0.004);
}

TEST(ProgrammingNoise, IsIndependentOfDeviceToDeviceVariation) {
  const DeviceToDeviceVariation one({.device_to_device_sigma = 0.03}, 1);
  const ProgrammingNoise other({.programming_noise = 0.03}, 1);
  EXPECT_NEAR(standard_deviation({&one, &other}, 1.0), 0.03 * std::sqrt(2.0), 0.003);
}

TEST(DeviceNoise, WithoutAmplitudeIsExactlyZero) {
  const WriteNoise none({}, levels(), 1, nullptr);
  const auto act = [&](std::span<double> conductances, const DeviceRun& run) { none.act_on(conductances, run); };
  EXPECT_THAT(after(act, 0.4), testing::Each(0.4));
  EXPECT_FALSE(ReadNoise({}, 1, 0).is_on());
}

TEST(WriteNoise, OfADeviceDoesNotDependOnTheRunItIsIn) {
  DeviceNoise noise{.device_to_device_sigma = 0.1, .programming_noise = 0.2};
  noise.stuck_at_fraction = 0.1;
  const WriteNoise errors(noise, levels(), 7, nullptr);
  std::vector<double> together(100, 0.25);
  errors.act_on(together, device_run(0, 1, 2, 3));
  for (std::size_t weight = 0; weight < together.size(); ++weight) {
    double alone = 0.25;
    errors.act_on(std::span(&alone, 1), device_run(weight, 1, 2, 3));
    ASSERT_EQ(alone, together[weight]) << weight;
  }
}

TEST(StuckAtFaults, SticksTheGivenFractionAtEitherEndWithTheSameProbability) {
  const StuckAtFaults faults({.stuck_at_fraction = 0.2}, 1);
  const auto act = [&](std::span<double> conductances, const DeviceRun& run) { faults.act_on(conductances, run); };
  const std::vector<double> found = after(act, 0.4);
  const auto lowest = std::ranges::count(found, 0.0);
  const auto highest = std::ranges::count(found, 1.0);
  EXPECT_NEAR(lowest, 0.1 * devices, 80);
  EXPECT_NEAR(highest, 0.1 * devices, 80);
  EXPECT_EQ(std::ranges::count(found, 0.4), devices - lowest - highest) << "the others work";
}

TEST(StuckAtFaults, OfAllDevicesLeaveNoneWorking) {
  const StuckAtFaults faults({.stuck_at_fraction = 1.0}, 1);
  const auto act = [&](std::span<double> conductances, const DeviceRun& run) { faults.act_on(conductances, run); };
  EXPECT_THAT(after(act, 0.4), testing::Each(testing::AnyOf(0.0, 1.0)));
}

TEST(RetentionRelaxation, MovesAWallPartOfTheWayToTheNearestNotch) {
  // Levels at 0, 0.25 and 1.
  const RetentionRelaxation half({.retention_relaxation = 0.5}, levels());
  std::vector<double> conductances = {0.35, 0.10, -0.2, 1.2, 0.25};
  half.act_on(conductances);
  EXPECT_DOUBLE_EQ(conductances[0], 0.30);
  EXPECT_DOUBLE_EQ(conductances[1], 0.05);
  EXPECT_DOUBLE_EQ(conductances[2], -0.1) << "below the lowest level";
  EXPECT_DOUBLE_EQ(conductances[3], 1.1) << "above the highest level";
  EXPECT_DOUBLE_EQ(conductances[4], 0.25) << "at a notch";
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
