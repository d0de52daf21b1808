#include "network/training_noise.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "network/deployments.hpp"
#include "network/device_sample.hpp"

namespace spinsweep::network {
namespace {

class NoiseOfTraining : public testing::Test {
 protected:
  NoiseOfTraining() : network({20, 12, 3}, Activation({1.0})) {
    network.initialize(3);
    noise.device_to_device_sigma = 0.05;
    noise.stuck_at_fraction = 0.02;
  }

  Placement placement_of(const std::string& mapping) const {
    return {network, DeviceLevels(std::vector<double>{1.0, 1.3, 1.7, 2.0}),
            PlacementRule{Mapping(mapping), 99.9, Biases::own_range}};
  }

  Mlp<float> network;
  DeviceNoise noise;
};

TEST_F(NoiseOfTraining, IsThatOfADeviceSampleOfTheNumberOfTheStep) {
  for (const char* mapping : {"max_abs", "max_abs+differential_pair", "max_abs+per_channel"}) {
    const Placement placement = placement_of(mapping);
    Mlp<float> on_levels = network;
    placement.quantize(on_levels);
    Mlp<float> disturbed = on_levels;
    TrainingNoise(network, placement, noise, 5).disturb(0, disturbed.parameters(), 17);
    const DeviceSample sample(on_levels, placement, noise, 5, 17);
    EXPECT_TRUE(std::ranges::equal(disturbed.parameters(), sample.network().parameters())) << mapping;
    EXPECT_FALSE(std::ranges::equal(disturbed.weights(0), on_levels.weights(0))) << mapping;
    EXPECT_TRUE(std::ranges::equal(disturbed.biases(0), on_levels.biases(0))) << "biases have no device noise";
  }
}

TEST_F(NoiseOfTraining, DoesNotDependOnHowTheParametersAreCut) {
  const Placement placement = placement_of("max_abs");
  placement.quantize(network);
  const TrainingNoise errors(network, placement, noise, 5);
  Mlp<float> whole = network;
  errors.disturb(0, whole.parameters(), 3);
  Mlp<float> parts = network;
  for (std::size_t begin = 0; begin < parts.parameters().size(); begin += 48) {
    errors.disturb(begin,
                   parts.parameters().subspan(begin, std::min<std::size_t>(48, parts.parameters().size() - begin)), 3);
  }
  EXPECT_TRUE(std::ranges::equal(whole.parameters(), parts.parameters()));
}

TEST(Deployments, ShareATrainingUnlessItDrawsOtherErrors) {
  Deployment quiet{.name = "", .method = "qat", .mapping = "mse"};
  Deployment noisy = quiet;
  noisy.settings.noise.programming_noise = 0.1;
  Deployment aware = noisy;
  aware.settings.qat_noise = QatNoise::device;
  Deployment more_aware = aware;
  more_aware.settings.noise.programming_noise = 0.2;
  const std::vector<Deployment> deployments = {quiet, noisy, aware, more_aware, aware};
  EXPECT_EQ(training_of(deployments, 1), 0U);
  EXPECT_EQ(training_of(deployments, 2), 2U);
  EXPECT_EQ(training_of(deployments, 3), 3U);
  EXPECT_EQ(training_of(deployments, 4), 2U);
  EXPECT_EQ(controls_of(deployments).size(), 1U) << "they train for as long";
}

}  // namespace
}  // namespace spinsweep::network
