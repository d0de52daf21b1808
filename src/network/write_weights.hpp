#pragma once

#include <algorithm>

#include "network/conductance.hpp"
#include "network/write_noise.hpp"

namespace spinsweep::network {

/// The normalised conductances of the devices of a run of weights: those on either side of pairs, or single ones on the
/// first.
using RunConductances = std::array<std::array<double, DeviceRun::longest>, 2>;

/// Weights of a layer from the number `first` on, which are on levels, become those that are read of the devices of a
/// sample. after(begin, count, conductances) is called for weights [begin, begin + count) when they have been read.
template <class After>
void write_weights(const WriteNoise& noise, const Placement& placement, int layer, std::uint32_t sample,
                   std::size_t first, std::span<float> weights, const After& after) {
  const std::vector<Range>& ranges = placement.layers()[static_cast<std::size_t>(layer)].ranges;
  const bool is_pair = placement.differential_pair();
  RunConductances g;
  for (std::size_t begin = 0; begin < weights.size(); begin += DeviceRun::longest) {
    const std::span<float> run = weights.subspan(begin, std::min(DeviceRun::longest, weights.size() - begin));
    const std::size_t first_range = (first + begin) % ranges.size();
    std::size_t range = first_range;
    const auto next_range = [&] { range = range + 1 == ranges.size() ? 0 : range + 1; };
    for (std::size_t k = 0; k < run.size(); ++k, next_range()) {
      const WeightDevices devices = devices_of_weight(static_cast<double>(run[k]), ranges[range], placement);
      g[0][k] = devices.g[0];
      g[1][k] = devices.g[1];
    }
    for (int side = 0; side < (is_pair ? 2 : 1); ++side) {
      noise.act_on(std::span(g[static_cast<std::size_t>(side)]).first(run.size()),
                   device_run(first + begin, side, layer, sample));
    }
    range = first_range;
    for (std::size_t k = 0; k < run.size(); ++k, next_range()) {
      run[k] = static_cast<float>(weight_of_devices({{g[0][k], g[1][k]}, is_pair ? 2 : 1}, ranges[range]));
    }
    after(begin, run.size(), g);
  }
}

}  // namespace spinsweep::network
