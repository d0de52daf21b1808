#pragma once

#include "network/placement.hpp"

namespace spinsweep::network {

/// Training with every weight on a level (straight-through estimator: Y. Bengio, N. Leonard, A. Courville,
/// arXiv:1308.3432, 2013): hidden weights move freely between the lowest and the highest level, the network computes
/// with the level nearest to each.
class LevelProjection {
 public:
  /// For the parameters of networks shaped like this one.
  LevelProjection(const Mlp<float>& network, const Placement& placement);

  /// Keeps the hidden weights of parameters [begin, begin + hidden.size()) in range and writes what the network
  /// computes with, which is the nearest level up to rounding: Placement::snap() gives the very level.
  void project(std::size_t begin, std::span<float> hidden, std::span<float> visible) const;

 private:
  [[nodiscard]] float nearest(float place) const;

  std::vector<float> relative_levels_;
  std::vector<float> thresholds_;  ///< between neighbouring levels
  AlignedVector<float> low_;       ///< [parameter]
  AlignedVector<float> width_;     ///< [parameter]; 0: free
  AlignedVector<float> inverse_;   ///< [parameter]
};

}  // namespace spinsweep::network
