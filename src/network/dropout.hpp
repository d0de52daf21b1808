#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "network/counter_random.hpp"

namespace spinsweep::network {

/// Which hidden neurons are silent in a training step (N. Srivastava et al., JMLR 15, 1929, 2014): drawn by step,
/// sample and place in the network alone, so the same ones on any number of ranks.
class Dropout {
 public:
  /// share: of the neurons that are silent, in [0, 1).
  Dropout(double share, std::uint64_t seed)
      : limit_(static_cast<std::uint32_t>(share * 0x1p32)), random_(seed, CounterRandom::Purpose::dropout) {}

  /// Of four neighbours in a hidden layer, beginning with `neuron`, a multiple of 4.
  [[nodiscard]] std::array<bool, 4> silences(int step, std::size_t sample, int layer, std::size_t neuron) const {
    // A number of its own for every neuron of up to 256 layers of 2^24.
    const auto place = static_cast<std::uint32_t>(layer) << 24U | static_cast<std::uint32_t>(neuron);
    const auto random = random_.bits(static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(sample), place);
    std::array<bool, 4> silent{};
    std::transform(random.begin(), random.end(), silent.begin(), [this](std::uint32_t bits) { return bits < limit_; });
    return silent;
  }

 private:
  std::uint32_t limit_;
  CounterRandom random_;
};

}  // namespace spinsweep::network
