#pragma once

#include <cstdint>
#include <vector>

#include "network/idx.hpp"
#include "network/mlp.hpp"

namespace spinsweep::network {

/// An image that a network takes for another class.
struct Misread {
  std::int32_t image = 0;  ///< index into the set
  std::int32_t label = 0;
  std::int32_t prediction = 0;

  friend bool operator==(const Misread&, const Misread&) = default;
};

/// The first images of a set that the network misreads, at most `most` of them, in the order of the set.
[[nodiscard]] std::vector<Misread> first_misread(const Mlp<float>& network, const ImageSet& data, std::size_t most);

}  // namespace spinsweep::network
