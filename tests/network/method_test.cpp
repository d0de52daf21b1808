#include "network/deployments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "network/methods.hpp"
#include "network/one_rank.hpp"

namespace spinsweep::network {
namespace {

/// Random images, and a network that a method is run on without training it.
class MethodTest : public testing::Test {
 protected:
  MethodTest() : baseline{Mlp<float>({20, 9, 3}, Activation({1.0})), {0.7, 0.6}, {.accuracy = 0.5, .confusion = {}}} {
    baseline.network.initialize(4);
    settings.noise.device_to_device_sigma = 0.05;
    for (ImageSet* set : {&data.train, &data.test}) {
      *set = {.count = 60, .height = 4, .width = 5, .images = {}, .labels = {}};
      for (int k = 0; k < set->count; ++k) {
        for (int pixel = 0; pixel < set->pixels(); ++pixel) {
          set->images.push_back(static_cast<std::uint8_t>((k * 37 + pixel * 101) % 256));
        }
        set->labels.push_back(static_cast<std::uint8_t>(k % 3));
      }
    }
    data.classes = 3;
  }

  Deployment deployment(const Method& method, const std::string& mapping = "max_abs") const {
    return {.name = "", .method = std::string(method.name()), .mapping = mapping, .settings = settings};
  }

  std::optional<Placement> place(const Deployment& deployment) const {
    const auto rule = method_of(deployment).placement_rule(deployment);
    return rule ? std::optional<Placement>(std::in_place, baseline.network, device, *rule) : std::nullopt;
  }

  MethodResult run(const Method& method) {
    const Deployment chosen = deployment(method);
    const auto placement = place(chosen);
    trained = 0;
    trained_in_situ = 0;
    return method.run({.deployment = chosen,
                       .device_samples = device_samples,
                       .data = data,
                       .seed = 1,
                       .baseline = baseline,
                       .placement = placement ? &*placement : nullptr,
                       .reading = {},
                       .ranks = one_rank(),
                       .train_further =
                           [this](Mlp<float>& network, const Placement* levels) {
                             ++trained;
                             network.weights(0)[0] += 1e-3F;
                             if (levels != nullptr) {
                               levels->quantize(network);
                             }
                             return std::vector<double>{0.5};
                           },
                       .train_in_situ =
                           [&](Mlp<float>& network) {
                             ++trained_in_situ;
                             const analysis::JumpTable up{{1e-4, 2e-4}, {0.0, 1.0}, {{1e-6, 1e-6}, {1e-6, 1e-6}}};
                             const analysis::JumpTable down{{1e-4, 2e-4}, {0.0, 1.0}, {{-1e-6, -1e-6}, {-1e-6, -1e-6}}};
                             return InSituTraining{
                                 .loss = {0.4},
                                 .devices = pulsed_devices(network, chosen, {up, down}),
                                 .trained = {.conductances = std::vector<float>(2 * network.parameters().size(), 0.5F),
                                             .pulses_per_device = 3.0}};
                           },
                       .throw_if_asked_to_stop = [this] { ++questions; }});
  }

  DeploymentSettings settings;
  int device_samples = 2;
  DataSet data;
  Baseline baseline;
  const DeviceLevels device{std::vector<double>{1e-4, 1.2e-4, 1.5e-4, 2e-4}};
  int trained = 0;
  int trained_in_situ = 0;
  int questions = 0;
};

TEST_F(MethodTest, EveryMethodIsFoundByANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Method* method : methods()) {
    EXPECT_TRUE(names.insert(method->name()).second) << method->name();
    EXPECT_EQ(&method_of_name(method->name()), method);
  }
  EXPECT_EQ(method_names().front(), "fp32") << "every other method starts from it";
}

TEST_F(MethodTest, AnUnknownNameIsRefusedWithTheKnownOnes) {
  EXPECT_THAT([] { (void)method_of_name("int8"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("cannot be \"int8\", expected fp32, ")));
  EXPECT_THROW((void)method_of_name(""), InputError);
}

TEST_F(MethodTest, EveryMethodWithFurtherTrainingTrainsOnceAndTheOthersNever) {
  for (const Method* method : methods()) {
    const MethodResult result = run(*method);
    EXPECT_EQ(trained == 1, method->further_training(settings).has_value()) << method->name();
  }
}

TEST_F(MethodTest, EveryMethodOnTheDeviceIsEvaluatedOnEveryDeviceSampleAndCanBeStoppedBefore) {
  for (const Method* method : methods()) {
    questions = 0;
    const MethodResult result = run(*method);
    const bool is_on_device = place(deployment(*method)).has_value();
    ASSERT_EQ(result.device.has_value(), is_on_device) << method->name();
    EXPECT_EQ(questions >= device_samples, is_on_device) << method->name();
    if (is_on_device) {
      EXPECT_EQ(result.device->sample_accuracies.size(), 2U) << method->name();
      EXPECT_GT(result.device->inference_energy, 0.0) << method->name();
      EXPECT_EQ(result.device->levels_used[0] == 0, method->is_requantized()) << method->name();
    }
    EXPECT_EQ(result.requantized_accuracy.has_value(), method->is_requantized()) << method->name();
  }
}

TEST_F(MethodTest, WithoutDeviceSamplesNoneIsDrawn) {
  device_samples = 0;
  for (const Method* method : methods()) {
    const MethodResult result = run(*method);
    EXPECT_TRUE(!result.device || result.device->sample_accuracies.empty()) << method->name();
  }
}

TEST_F(MethodTest, TheFloatingPointNetworkIsTheBaselineWithItsLoss) {
  const MethodResult result = run(*methods().front());
  EXPECT_TRUE(std::ranges::equal(result.network.parameters(), baseline.network.parameters()));
  EXPECT_EQ(result.loss, baseline.loss);
  EXPECT_EQ(result.evaluation.accuracy, 0.5) << "it has been evaluated when it was trained";
}

TEST_F(MethodTest, OnlyAMethodWithEpochsInSituTrainsOnTheDevices) {
  for (const Method* method : methods()) {
    const MethodResult result = run(*method);
    EXPECT_EQ(trained_in_situ == 1, method->in_situ_epochs(settings) > 0) << method->name();
    EXPECT_EQ(result.in_situ.has_value(), method->in_situ_epochs(settings) > 0) << method->name();
  }
}

TEST_F(MethodTest, TrainingInSituStartsFromRandomWeightsOrFromTheFloatingPointNetwork) {
  baseline.network.weights(0)[0] = 0.7F;
  Mlp<float> random = baseline.network;
  random.initialize(1);
  EXPECT_TRUE(std::ranges::equal(run(method_of_name("in_situ")).network.parameters(), random.parameters()));
  settings.in_situ.start = InSituStart::fp32;
  const MethodResult result = run(method_of_name("in_situ"));
  EXPECT_TRUE(std::ranges::equal(result.network.parameters(), baseline.network.parameters()));
  EXPECT_EQ(result.loss, std::vector<double>{0.4});
  EXPECT_EQ(result.in_situ.value().pulses_per_device, 3.0);
}

TEST_F(MethodTest, TheEnergyOfDevicesTrainedInSituIsThatOfTheirConductances) {
  // All devices at 1.5e-4 S: of the first layer 9 for each input.
  const MethodResult result = run(method_of_name("in_situ"));
  const auto numbers = images_as_numbers(data.test, 0, data.test.count);
  double squares = 0.0;
  for (const float number : numbers) {
    squares += static_cast<double>(number) * static_cast<double>(number) / data.test.count;
  }
  const double first_layer = squares * 9 * 1.5e-4 * 0.01 * 10e-9;
  EXPECT_GT(result.in_situ.value().inference_energy, first_layer);
  EXPECT_LT(result.in_situ.value().inference_energy, 3.0 * first_layer);
}

TEST_F(MethodTest, QuantisationAwareTrainingQuantisesEveryLayerAndEveryBias) {
  const auto placement = place(deployment(method_of_name("qat"), "max_abs+first_layer"));
  for (const LayerPlacement& layer : placement.value().layers()) {
    EXPECT_FALSE(layer.ranges.empty());
    EXPECT_FALSE(layer.bias_ranges.empty());
  }
}

std::vector<Deployment> deployments_of(const std::vector<std::pair<std::string, std::string>>& list) {
  std::vector<Deployment> deployments;
  for (const auto& [method, mapping] : list) {
    deployments.push_back({.name = method + " " + mapping, .method = method, .mapping = mapping});
  }
  return deployments;
}

TEST(Deployments, ShareTheTrainingIfTheyDifferInWhatItDoesNotDependOn) {
  auto list = deployments_of({{"qat", "mse"}, {"qat", "max_abs+first_layer"}, {"qat", "mse+differential_pair"}});
  list.push_back(list[2]);
  list[3].settings.noise.read_noise = 0.1;
  list.push_back(list[0]);
  list[4].settings.qat_epochs = 3;
  EXPECT_EQ(training_of(list, 0), 0U);
  EXPECT_EQ(training_of(list, 1), 0U) << "the rule of the mapping is not that of the training";
  EXPECT_EQ(training_of(list, 2), 2U) << "a pair has other weights";
  EXPECT_EQ(training_of(list, 3), 2U) << "noise comes after the training";
  EXPECT_EQ(training_of(list, 4), 4U) << "it is shorter";
  const auto tuned = deployments_of({{"fine_tuned", "mse"}, {"fine_tuned", "max_abs"}});
  EXPECT_EQ(training_of(tuned, 1), 1U) << "it starts from other weights";
}

TEST(Deployments, HaveOneControlForEachFurtherTraining) {
  auto list =
      deployments_of({{"fp32", ""}, {"ptq", "mse"}, {"fine_tuned", "mse"}, {"fine_tuned", "max_abs"}, {"qat", "mse"}});
  list.push_back(list[4]);
  list[5].settings.qat_epochs = 3;
  list[5].name = "qat mse, qat_epochs = 3";
  EXPECT_EQ(control_names(list), (std::vector<std::string>{"fine_tuned", "qat", "qat mse, qat_epochs = 3"}));
  EXPECT_EQ(controls_of(list).size(), 3U);
  EXPECT_FALSE(control_of(list, 0).has_value());
  EXPECT_FALSE(control_of(list, 1).has_value());
  EXPECT_EQ(control_of(list, 2), 0U);
  EXPECT_EQ(control_of(list, 3), 0U);
  EXPECT_EQ(control_of(list, 5), 2U);
}

}  // namespace
}  // namespace spinsweep::network
