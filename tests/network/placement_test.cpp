#include "network/placement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "network/level_projection.hpp"

namespace spinsweep::network {
namespace {

Mlp<float> trained_like() {
  Mlp<float> network({30, 8, 4}, Activation({1.0}));
  network.initialize(5);
  network.weights(0)[3] = 0.9F;
  return network;
}

std::vector<double> even_levels(int count) {
  std::vector<double> levels;
  levels.reserve(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) {
    levels.push_back(1e-4 + 1e-5 * k);
  }
  return levels;
}

Placement place(const Mlp<float>& network, const std::vector<double>& levels, const std::string& mapping,
                Biases biases = Biases::digital) {
  return {network, DeviceLevels(levels), PlacementRule{Mapping(mapping), 99.0, biases}};
}

TEST(Placement, SpreadsUnevenLevelsOverTheWeightsAndSnapsToTheNearest) {
  const std::vector<double> relative = DeviceLevels(std::vector<double>{2e-4, 1e-4, 1.25e-4}).relative;
  const auto levels = spread_levels(relative, {-1.0F, 3.0F});
  EXPECT_THAT(levels, testing::Pointwise(testing::FloatNear(1e-6F), {-1.0F, 0.0F, 3.0F}));
  EXPECT_EQ(nearest_level(-0.2F, levels), levels[1]);
  EXPECT_EQ(nearest_level(9.0F, levels), levels[2]);
  EXPECT_EQ(nearest_level(-0.5F, levels), levels[0]) << "of two equally near levels it is the lower";
}

TEST(Placement, RangesFollowTheRule) {
  const std::vector<float> weights = {-0.5F, 0.1F, 0.2F, 0.25F, 2.0F};
  const std::vector<double> relative = {0.0, 0.5, 1.0};
  EXPECT_EQ(find_range(Mapping::Rule::min_max, weights, relative, 99.0), Range(-0.5F, 2.0F));
  EXPECT_EQ(find_range(Mapping::Rule::max_abs, weights, relative, 99.0), Range(-2.0F, 2.0F));
  EXPECT_EQ(find_range(Mapping::Rule::absolute, weights, relative, 99.0), Range(-1.0F, 1.0F));
  EXPECT_EQ(find_range(Mapping::Rule::percentile, weights, relative, 75.0), Range(-0.5F, 0.5F));
}

/// Sum of the squared distances of the weights from the nearest of the levels spread over a range.
double squared_distance(std::span<const float> weights, const std::vector<double>& relative, const Range& range) {
  const auto levels = spread_levels(relative, range);
  double sum = 0.0;
  for (const float weight : weights) {
    sum += std::pow(static_cast<double>(weight - nearest_level(weight, levels)), 2);
  }
  return sum;
}

TEST(Placement, TheMeanSquareRangeHasASmallerDistanceThanEveryOtherOfAFineScan) {
  const Mlp<float> network = trained_like();
  const std::vector<double> relative = {0.0, 0.15, 0.4, 0.7, 1.0};
  const auto weights = network.weights(0);
  const auto distance = [&](const Range& range) { return squared_distance(weights, relative, range); };
  const double best = distance(find_range(Mapping::Rule::mse, weights, relative, 99.0));
  for (int k = 1; k <= 100; ++k) {
    const float bound = 0.009F * static_cast<float>(k);
    EXPECT_GT(distance({-bound, bound}), 0.98 * best) << "bound " << bound;
  }
}

TEST(Placement, TheAffineMeanSquareRangeHasASmallerDistanceThanEveryOtherOfAScanOfBothEnds) {
  const Mlp<float> network = trained_like();
  const std::vector<double> relative = {0.0, 0.11, 0.25, 0.43, 0.67, 1.0};
  const std::vector<float> weights(network.weights(0).begin(), network.weights(0).end());
  const auto distance = [&](const Range& range) { return squared_distance(weights, relative, range); };
  const Range best = find_range(Mapping::Rule::mse_affine, weights, relative, 99.0);
  const double least = distance(best);
  for (int low = -50; low < 50; ++low) {
    for (int high = low + 1; high <= 50; ++high) {
      const Range range(0.02F * static_cast<float>(low), 0.02F * static_cast<float>(high));
      EXPECT_GT(distance(range), 0.98 * least) << range.first << " to " << range.second;
    }
  }
  EXPECT_LE(least, distance(find_range(Mapping::Rule::mse, weights, relative, 99.0)));
}

TEST(Placement, TheAffineMeanSquareRangeFindsTheLevelsThatWeightsAreOn) {
  const std::vector<double> relative = {0.0, 0.11, 0.25, 0.43, 0.67, 1.0};
  const auto weights = spread_levels(relative, {-0.3F, 0.9F});
  const Range found = find_range(Mapping::Rule::mse_affine, weights, relative, 99.0);
  EXPECT_NEAR(found.first, -0.3F, 1e-6);
  EXPECT_NEAR(found.second, 0.9F, 1e-6);
}

TEST(Placement, PutsEveryWeightOfEveryLayerOnAtMostAsManyLevelsAsThereAre) {
  for (const int count : {2, 6, 7, 11, 1000}) {
    for (const std::string mapping : {"min_max", "max_abs", "absolute", "percentile", "mse", "mse_affine"}) {
      Mlp<float> network = trained_like();
      const Placement placement = place(network, even_levels(count), mapping);
      placement.quantize(network);
      EXPECT_TRUE(placement.holds(network));
      for (int layer = 0; layer < 2; ++layer) {
        EXPECT_LE(placement.levels_used(network, layer), count) << mapping;
        EXPECT_GE(placement.levels_used(network, layer), std::min(count, 2)) << mapping;
        EXPECT_EQ(placement.levels_available(layer), count);
      }
    }
  }
}

TEST(Placement, APairOfDevicesHasTheDifferencesOfTheirLevels) {
  const Mlp<float> network = trained_like();
  EXPECT_EQ(place(network, even_levels(6), "max_abs+differential_pair").levels_available(0), 11);
  // 0, 1/4, 1: differences 0, +-1/4, +-3/4, +-1.
  EXPECT_EQ(place(network, {1e-4, 1.25e-4, 2e-4}, "max_abs+differential_pair").levels_available(0), 7);
}

TEST(Placement, PerOutputEveryNeuronHasARangeOfItsOwn) {
  Mlp<float> network = trained_like();
  const Placement placement = place(network, even_levels(3), "max_abs+per_channel");
  EXPECT_EQ(placement.layers()[0].ranges.size(), 8U);
  placement.quantize(network);
  for (std::size_t output = 0; output < 8; ++output) {
    std::set<float> different;
    for (std::size_t k = output; k < network.weights(0).size(); k += 8) {
      different.insert(network.weights(0)[k]);
    }
    EXPECT_LE(different.size(), 3U);
  }
}

TEST(Placement, OfTheFirstLayerAloneLeavesTheOthersAsTheyAre) {
  Mlp<float> network = trained_like();
  const Mlp<float> before = network;
  const Placement placement = place(network, even_levels(4), "max_abs+first_layer", Biases::own_range);
  placement.quantize(network);
  EXPECT_LE(placement.levels_used(network, 0), 4);
  EXPECT_EQ(placement.levels_available(1), 0);
  EXPECT_TRUE(std::equal(before.weights(1).begin(), before.weights(1).end(), network.weights(1).begin()));
  EXPECT_TRUE(std::equal(before.biases(1).begin(), before.biases(1).end(), network.biases(1).begin()));
  EXPECT_FALSE(std::equal(before.biases(0).begin(), before.biases(0).end(), network.biases(0).begin()));
}

TEST(Placement, RefusesFewerThanTwoLevelsAndUnknownMappings) {
  EXPECT_THROW(DeviceLevels(std::vector<double>{1e-4, 1e-4}), InputError);
  EXPECT_THROW(DeviceLevels(std::vector<double>{1e-4, NAN}), InputError);
  EXPECT_THROW(Mapping("nonsense"), InputError);
  EXPECT_THROW(Mapping("max_abs+nonsense"), InputError);
  EXPECT_THROW(Mapping(""), InputError);
}

TEST(LevelProjection, GivesTheNearestLevelForFewAndForManyLevelsAndKeepsHiddenWeightsInRange) {
  for (const int count : {2, 7, 200}) {
    Mlp<float> network = trained_like();
    const Placement placement = place(network, even_levels(count), "percentile", Biases::own_range);
    const LevelProjection projection(network, placement);
    AlignedVector<float> hidden(network.parameters().begin(), network.parameters().end());
    AlignedVector<float> visible(hidden.size());
    projection.project(0, hidden, visible);
    placement.quantize(network);
    for (std::size_t k = 0; k < hidden.size(); ++k) {
      EXPECT_NEAR(visible[k], network.parameters()[k], 1e-6) << "parameter " << k << " of " << count << " levels";
    }
    for (std::size_t k = 0; k < network.weight_count(0); ++k) {
      EXPECT_LE(hidden[k], placement.layers()[0].ranges[0].second);
    }
  }
}

}  // namespace
}  // namespace spinsweep::network
