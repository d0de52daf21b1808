#include "network/parameter_layout.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/error.hpp"

namespace spinsweep::network {

ParameterLayout::ParameterLayout(std::vector<int> sizes) : sizes_(std::move(sizes)), offsets_(1, 0) {
  constexpr std::size_t most = PTRDIFF_MAX / sizeof(double);
  if (sizes_.size() < 2 || *std::min_element(sizes_.begin(), sizes_.end()) < 1) {
    throw InputError("a network needs at least an input and an output layer, each of one neuron or more");
  }
  for (int layer = 0; layer + 1 < static_cast<int>(sizes_.size()); ++layer) {
    const std::size_t size = padded(weight_count(layer)) + padded(static_cast<std::size_t>(outputs(layer)));
    if (size > most - offsets_.back()) {
      throw InputError(fmt::format("the first {} layers of the network have more than {} parameters", layer + 1, most));
    }
    offsets_.push_back(offsets_.back() + size);
  }
}

std::size_t ParameterLayout::unpadded_count() const {
  std::size_t count = 0;
  for (int layer = 0; layer < layers(); ++layer) {
    count += weight_count(layer) + static_cast<std::size_t>(outputs(layer));
  }
  return count;
}

}  // namespace spinsweep::network
