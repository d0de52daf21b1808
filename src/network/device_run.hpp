#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "network/counter_random.hpp"

namespace spinsweep::network {

/// Devices of consecutive weights of a layer in one device sample: the only ones of their weights, or those on one side
/// of their pairs. The random numbers of every source of noise depend on the number of a device, its layer, its sample
/// and the seed alone, so that any rank can draw any of them, and are drawn for several devices at a time.
struct DeviceRun {
  /// Devices in a run at most.
  static constexpr std::size_t longest = 128;

  std::uint32_t first = 0;  ///< number of the first device within its layer; that of the k-th is first + 2 k
  std::uint32_t layer = 0;
  std::uint32_t sample = 0;
};

/// The devices of the weights from `weight` on. side: of a pair.
[[nodiscard]] inline DeviceRun device_run(std::size_t weight, int side, int layer, std::uint32_t sample) {
  return {static_cast<std::uint32_t>(2 * weight) + static_cast<std::uint32_t>(side), static_cast<std::uint32_t>(layer),
          sample};
}

/// One number for each device of a run; `room` holds them.
[[nodiscard]] inline std::span<const double> uniform_numbers(const CounterRandom& random, const DeviceRun& run,
                                                             std::size_t devices,
                                                             std::array<double, DeviceRun::longest>& room) {
  const std::span<double> numbers = std::span(room).first(devices);
  random.fill_uniform(run.first, 2, run.layer, run.sample, numbers);
  return numbers;
}

}  // namespace spinsweep::network
