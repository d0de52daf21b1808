#include "network/dropout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace spinsweep::network {
namespace {

TEST(Dropout, DrawsTheMaskOfALayerIndependentlyOfThatOfTheLayerBefore) {
  // Layers of 128 and 64: the second must not repeat what the first drew for its neurons 64 to 127.
  const Dropout dropout(0.5, 1);
  int alike = 0;
  for (std::size_t neuron = 0; neuron < 64; neuron += 4) {
    const auto before = dropout.mask(7, 3, 0, 64 + neuron);
    const auto after = dropout.mask(7, 3, 1, neuron);
    for (std::size_t k = 0; k < 4; ++k) {
      alike += before[k] == after[k] ? 1 : 0;
    }
  }
  EXPECT_NEAR(alike, 32, 16);
}

TEST(Dropout, DropsTheFractionItIsGiven) {
  const Dropout dropout(0.25, 1);
  int dropped = 0;
  constexpr std::size_t neurons = 4000;
  for (std::size_t neuron = 0; neuron < neurons; neuron += 4) {
    const auto four = dropout.mask(0, 0, 0, neuron);
    dropped += static_cast<int>(std::count(four.begin(), four.end(), true));
  }
  // Four standard deviations.
  EXPECT_NEAR(dropped, 0.25 * neurons, 4.0 * std::sqrt(0.25 * 0.75 * neurons));
}

}  // namespace
}  // namespace spinsweep::network
