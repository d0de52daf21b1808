#include "network/scheme.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace spinsweep::network {
namespace {

const parallel::Communicator& self() {
  static const parallel::Communicator* communicator = new parallel::Communicator(MPI_COMM_SELF);
  return *communicator;
}

/// Random images, and a network that a scheme is run on without training it.
class SchemeTest : public testing::Test {
 protected:
  SchemeTest() : baseline({20, 9, 3}, Activation({1.0})) {
    baseline.initialize(4);
    settings.hidden = {9};
    settings.chips = 2;
    settings.device_spread = 0.05;
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

  SchemeResult run(const Scheme& scheme) {
    const auto placement = scheme.place(baseline, device, Mapping("max_abs"), settings);
    trained = 0;
    return scheme.run({.settings = settings,
                       .data = data,
                       .seed = 1,
                       .baseline = baseline,
                       .baseline_loss = baseline_loss,
                       .placement = placement ? &*placement : nullptr,
                       .reading = {},
                       .ranks = self(),
                       .train_further =
                           [this](Mlp<float>& network, const Placement* levels) {
                             ++trained;
                             network.weights(0)[0] += 1e-3F;
                             if (levels != nullptr) {
                               levels->quantize(network);
                             }
                             return std::vector<double>{0.5};
                           },
                       .throw_if_asked_to_stop = [this] { ++questions; }});
  }

  NetworkSettings settings;
  DataSet data;
  Mlp<float> baseline;
  const std::vector<double> baseline_loss = {0.7, 0.6};
  const DeviceLevels device{std::vector<double>{1e-4, 1.2e-4, 1.5e-4, 2e-4}};
  int trained = 0;
  int questions = 0;
};

TEST_F(SchemeTest, EverySchemeIsFoundByANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Scheme* scheme : schemes()) {
    EXPECT_TRUE(names.insert(scheme->name()).second) << scheme->name();
    EXPECT_EQ(&scheme_of_name(scheme->name()), scheme);
  }
  EXPECT_EQ(scheme_names(), NetworkSettings{}.schemes);
  EXPECT_EQ(scheme_names().front(), "fp32") << "every other scheme starts from it";
}

TEST_F(SchemeTest, AnUnknownNameIsRefusedWithTheKnownOnes) {
  EXPECT_THAT([] { (void)scheme_of_name("int8"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("cannot be \"int8\", expected fp32, ")));
  EXPECT_THROW((void)scheme_of_name(""), InputError);
}

TEST_F(SchemeTest, EverySchemeWithFurtherTrainingTrainsOnceAndTheOthersNever) {
  for (const Scheme* scheme : schemes()) {
    const SchemeResult result = run(*scheme);
    EXPECT_EQ(trained == 1, has_control(scheme->name())) << scheme->name();
    EXPECT_EQ(scheme->cost(settings).epochs > 0, has_control(scheme->name())) << scheme->name();
    EXPECT_GT(scheme->cost(settings).evaluations, 0.0) << scheme->name();
  }
}

TEST_F(SchemeTest, EverySchemeOnTheDeviceIsEvaluatedOnEveryDeviceSampleAndCanBeStoppedBefore) {
  for (const Scheme* scheme : schemes()) {
    questions = 0;
    const SchemeResult result = run(*scheme);
    const bool is_on_device = scheme->place(baseline, device, Mapping("max_abs"), settings).has_value();
    ASSERT_EQ(result.device.has_value(), is_on_device) << scheme->name();
    EXPECT_EQ(questions >= settings.chips, is_on_device) << scheme->name();
    if (is_on_device) {
      EXPECT_EQ(result.device->sample_accuracies.size(), 2U) << scheme->name();
      EXPECT_GT(result.device->inference_energy, 0.0) << scheme->name();
      EXPECT_EQ(result.device->levels_used[0] == 0, scheme->is_requantized()) << scheme->name();
    }
    EXPECT_EQ(result.requantized_accuracy.has_value(), scheme->is_requantized()) << scheme->name();
  }
}

TEST_F(SchemeTest, WithoutDeviceSamplesNoneIsDrawn) {
  settings.chips = 0;
  for (const Scheme* scheme : schemes()) {
    const SchemeResult result = run(*scheme);
    EXPECT_TRUE(!result.device || result.device->sample_accuracies.empty()) << scheme->name();
  }
}

TEST_F(SchemeTest, TheFloatingPointNetworkIsTheBaselineWithItsLoss) {
  const SchemeResult result = run(*schemes().front());
  EXPECT_TRUE(std::ranges::equal(result.network.parameters(), baseline.parameters()));
  EXPECT_EQ(result.loss, baseline_loss);
}

TEST_F(SchemeTest, QuantisationAwareTrainingQuantisesEveryLayerAndEveryBias) {
  const auto placement = schemes().back()->place(baseline, device, Mapping("max_abs+first_layer"), settings);
  for (const LayerPlacement& layer : placement.value().layers()) {
    EXPECT_FALSE(layer.ranges.empty());
    EXPECT_FALSE(layer.bias_ranges.empty());
  }
}

}  // namespace
}  // namespace spinsweep::network
