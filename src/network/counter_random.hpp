#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

#include "base/philox.hpp"

namespace spinsweep::network {

/// Counter-based random numbers (philox_4x32_10): any rank can draw any of them directly.
class CounterRandom {
 public:
  using Counter = std::array<std::uint32_t, 4>;

  /// What numbers are drawn for; each use has a stream of its own.
  enum class Purpose : std::uint32_t {
    initial_weights,
    sample_order,
    dropout,
    device_to_device,
    programming,
    stuck_at,
    read,
    thermal_jumps,
    simulated_writing,
    in_situ_pulses,
    neuron
  };

  CounterRandom(std::uint64_t seed, Purpose purpose) : seed_(seed), purpose_(static_cast<std::uint32_t>(purpose)) {}

  /// Four numbers of 32 random bits each.
  [[nodiscard]] Counter bits(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
    return philox_4x32_10({a, b, c, purpose_}, seed_);
  }

  /// 64 random bits.
  [[nodiscard]] std::uint64_t wide(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
    const Counter random = bits(a, b, c);
    return std::uint64_t{random[0]} << 32U | random[1];
  }

  /// Uniform in [0, 1).
  [[nodiscard]] double uniform(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
    return static_cast<double>(wide(a, b, c) >> 11U) * 0x1p-53;
  }

  /// Two independent numbers of mean 0 and variance 1 (G. E. P. Box and M. E. Muller, 1958).
  [[nodiscard]] std::array<double, 2> normal(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
    const Counter random = bits(a, b, c);
    const double radius = std::sqrt(-2.0 * std::log((static_cast<double>(random[0]) + 1.0) * 0x1p-32));
    const double angle = 2.0 * std::numbers::pi * static_cast<double>(random[1]) * 0x1p-32;
    return {radius * std::cos(angle), radius * std::sin(angle)};
  }

  /// numbers[k] = uniform(first + step k, b, c), several at a time.
  void fill_uniform(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c,
                    std::span<double> numbers) const;

  /// The first two of bits(first + k, b, c) for each k, as numbers uniform in [0, 1) in single precision, several at a
  /// time. Both spans have the same size.
  void fill_uniform_pairs(std::uint32_t first, std::uint32_t b, std::uint32_t c, std::span<float> numbers,
                          std::span<float> others) const;

  /// numbers[k] = normal(first + step k, b, c)[0] in single precision, several at a time; of modulus 6.7 at most.
  void fill_normal(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c,
                   std::span<float> numbers) const;

 private:
  template <class Number, class Convert>
  void fill(std::uint32_t first, std::uint32_t step, std::uint32_t b, std::uint32_t c, std::span<Number> numbers,
            const Convert& convert) const;

  std::uint64_t seed_;
  std::uint32_t purpose_;
};

}  // namespace spinsweep::network
