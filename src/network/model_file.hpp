#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "network/mlp.hpp"

namespace spinsweep::network {

/// A trained network as one Boost.Serialization object behind a header with its checksum.
[[nodiscard]] std::string save_model(const Mlp<float>& network);

/// Size of what save_model() makes of a network of these layers and so many coefficients of its activation, bytes.
[[nodiscard]] std::uint64_t model_bytes(const std::vector<int>& sizes, std::size_t coefficients);

/// Errors: EnvironmentError if the bytes are no model, are cut off or were changed.
[[nodiscard]] Mlp<float> load_model(const std::string& bytes);

}  // namespace spinsweep::network
