#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "network/level_codes.hpp"
#include "network/level_projection.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {
namespace {

using nlohmann::json;

const std::vector<double> conductances = {1.0e-4, 1.112e-4, 1.25e-4, 1.429e-4, 1.667e-4, 2.0e-4};
constexpr int samples = 4;

Mlp<float> sample_network() {
  Mlp<float> network({6, 5, 3}, Activation({1.083, 0.014, -0.098}));
  network.initialize(3);
  return network;
}

std::vector<float> scores_of(const Mlp<float>& network, const std::vector<float>& images) {
  const auto scores = network.scores(images, samples);
  return {scores.data(), scores.data() + scores.size()};
}

json on_levels(const std::string& mapping, const std::vector<float>& images) {
  Mlp<float> network = sample_network();
  const Placement placement(network, DeviceLevels(conductances),
                            {.mapping = Mapping(mapping), .percentile = 90.0, .biases = Biases::own_range});
  placement.quantize(network);
  std::vector<std::vector<std::int32_t>> codes;
  for (int layer = 0; layer < network.layers(); ++layer) {
    codes.push_back(nearest_codes(placement, network, layer).weights.codes);
  }
  return {{"parameters", unpadded_parameters(network)}, {"codes", codes}, {"scores", scores_of(network, images)}};
}

/// What a network that is trained on levels computes with.
json projected(const std::string& mapping) {
  Mlp<float> network = sample_network();
  const Placement placement(network, DeviceLevels(conductances),
                            {.mapping = Mapping(mapping), .biases = Biases::own_range});
  std::vector<float> seen(network.parameters().size());
  LevelProjection(network, placement).project(0, network.parameters(), seen);
  std::ranges::copy(seen, network.parameters().begin());
  return unpadded_parameters(network);
}

json computed() {
  std::vector<float> images;
  for (int k = 0; k < samples * 6; ++k) {
    images.push_back(static_cast<float>(k * k % 17) / 16.0F);
  }
  const Mlp<float> network = sample_network();
  json all = {{"sizes", network.sizes()},
              {"activation", network.activation().coefficients()},
              {"conductances", conductances},
              {"percentile", 90.0},
              {"parameters", unpadded_parameters(network)},
              {"images", images},
              {"scores", scores_of(network, images)}};
  for (const char* mapping :
       {"min_max", "max_abs", "absolute", "percentile", "mse", "mse_affine", "mse+differential_pair", "mse+per_channel",
        "mse_affine+differential_pair+per_channel", "max_abs+differential_pair", "mse+first_layer"}) {
    all["mappings"][mapping] = on_levels(mapping, images);
  }
  for (const char* mapping : {"mse", "mse+differential_pair", "mse+per_channel"}) {
    all["projected"][mapping] = projected(mapping);
  }
  return all;
}

/// Numbers equal to the bit as single precision, but scores: the sums of a matrix product depend on the processor.
void expect_same(const json& found, const json& wanted, const std::string& where) {
  ASSERT_EQ(found.size(), wanted.size()) << where;
  if (wanted.is_structured()) {
    for (const auto& [key, value] : wanted.items()) {
      const std::string place = where + "/" + key;
      expect_same(found.is_array() ? found.at(std::stoul(key)) : found.at(key), value, place);
    }
  } else if (wanted.is_number_float()) {
    const double tolerance = where.find("/scores/") == std::string::npos ? 0.0 : 1e-6;
    EXPECT_NEAR(found.get<float>(), wanted.get<float>(), tolerance) << where;
  } else {
    EXPECT_EQ(found, wanted) << where;
  }
}

/// tests/data/exchange_network.json, which the Python package is held to as well (tests/python/torch_test.py).
TEST(ExchangedNetwork, HasTheLevelsAndScoresThatThePythonPackageHasToo) {
  const std::string path = SPINSWEEP_TEST_DATA "/exchange_network.json";
  if (std::getenv("SPINSWEEP_WRITE_DOCS") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(path) << computed().dump(1) << '\n';
  }
  std::ifstream stream(path);
  expect_same(computed(), json::parse(stream), "");
}

}  // namespace
}  // namespace spinsweep::network
