#pragma once

#include <cstdint>
#include <string>

#include "network/mlp.hpp"

namespace spinsweep::network {

/// A trained network as one Boost.Serialization object after a header with its checksum.
[[nodiscard]] std::string save_model(const Mlp<float>& network);

/// Size of what save_model() returns for a network of this layout whose activation has `coefficients` coefficients,
/// bytes.
[[nodiscard]] std::uint64_t model_bytes(const ParameterLayout& layout, std::size_t coefficients);

/// Errors: EnvironmentError if the bytes are not a model, or are truncated or damaged.
[[nodiscard]] Mlp<float> load_model(const std::string& bytes);

}  // namespace spinsweep::network
