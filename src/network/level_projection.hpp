#pragma once

#include "network/placement.hpp"

namespace spinsweep::network {

/// Quantisation-aware training with a straight-through estimator (Y. Bengio, N. Leonard, A. Courville, arXiv:1308.3432,
/// 2013): latent weights move freely between the lowest and the highest level, the network computes with the level
/// nearest to each.
class LevelProjection {
 public:
  /// For the parameters of networks shaped like this one.
  LevelProjection(const Mlp<float>& network, const Placement& placement);

  /// Clips the latent weights of parameters [begin, begin + latent.size()) to their range and writes the quantised
  /// weights that the network computes with. These are the levels up to rounding; Placement::quantize() gives them
  /// exactly.
  void project(std::size_t begin, std::span<float> latent, std::span<float> quantised) const;

 private:
  [[nodiscard]] float nearest(float relative) const;

  std::vector<float> relative_levels_;
  std::vector<float> thresholds_;  ///< between neighbouring levels
  AlignedVector<float> low_;       ///< [parameter]
  AlignedVector<float> width_;     ///< [parameter]; 0: not quantised
  AlignedVector<float> inverse_;   ///< [parameter]
};

}  // namespace spinsweep::network
