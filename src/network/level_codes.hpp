#pragma once

#include <cstdint>
#include <vector>

#include "network/mlp.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// Parameters on the levels of a device: weight = codebook[channel][code].
struct Codes {
  std::vector<std::vector<float>> codebooks;  ///< [channel][level], ascending; one for all or one for each output
  std::vector<std::int32_t> codes;            ///< [input][output] of weights, [output] of biases
};

/// A layer on the levels of a device. What is not on levels has no codebooks and no codes.
struct LayerCodes {
  Codes weights;
  Codes biases;
};

/// The level nearest to every parameter of a layer, the one that Placement::quantize() moves it to.
[[nodiscard]] LayerCodes nearest_codes(const Placement& placement, const Mlp<float>& network, int layer);

/// All parameters without padding: layer after layer its weights [input][output], then its biases [output].
[[nodiscard]] std::vector<float> unpadded_parameters(const Mlp<float>& network);

}  // namespace spinsweep::network
