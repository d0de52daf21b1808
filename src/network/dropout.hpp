#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "network/counter_random.hpp"

namespace spinsweep::network {

/// Dropout masks of hidden neurons (N. Srivastava et al., JMLR 15, 1929, 2014). They depend only on the seed, the step,
/// the sample and the neuron, so they are the same on any number of ranks.
class Dropout {
 public:
  /// fraction: of the neurons that are dropped, in [0, 1).
  Dropout(double fraction, std::uint64_t seed)
      : limit_(static_cast<std::uint32_t>(fraction * 0x1p32)), random_(seed, CounterRandom::Purpose::dropout) {}

  /// Whether each of four neighbouring neurons of a hidden layer is dropped. neuron: the first of them, a multiple
  /// of 4.
  [[nodiscard]] std::array<bool, 4> mask(int step, std::size_t sample, int layer, std::size_t neuron) const {
    // Unique for up to 256 layers of 2^24 neurons.
    const auto place = static_cast<std::uint32_t>(layer) << 24U | static_cast<std::uint32_t>(neuron);
    const auto random = random_.bits(static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(sample), place);
    std::array<bool, 4> dropped{};
    std::transform(random.begin(), random.end(), dropped.begin(), [this](std::uint32_t bits) { return bits < limit_; });
    return dropped;
  }

 private:
  std::uint32_t limit_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
