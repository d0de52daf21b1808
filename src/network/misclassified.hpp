#pragma once

#include <cstdint>
#include <vector>

#include "network/idx.hpp"
#include "network/mlp.hpp"

namespace spinsweep::network {

/// An image that a network takes for one of another class.
struct Misclassified {
  std::int32_t image = 0;  ///< index into the set
  std::int32_t label = 0;  ///< the true class
  std::int32_t prediction = 0;

  friend bool operator==(const Misclassified&, const Misclassified&) = default;
};

/// The first images of a set that the network misclassifies, at most `most` of them, in the order of the set.
[[nodiscard]] std::vector<Misclassified> first_misclassified(const Mlp<float>& network, const ImageSet& data,
                                                             std::size_t most);

}  // namespace spinsweep::network
