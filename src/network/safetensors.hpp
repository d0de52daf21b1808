#pragma once

#include <filesystem>

#include "network/mlp.hpp"

namespace spinsweep::network {

/// Reads the dense layers of a network from a safetensors file (https://github.com/huggingface/safetensors) into one
/// of the same sizes: for each layer NAME.weight [output][input] and NAME.bias [output] in single precision, as
/// PyTorch's Linear has them, the layers in the order of their names (numbers in names count as numbers). The
/// activation stays that of `network`.
///
/// Errors: EnvironmentError if the file is missing, damaged or has other tensors; InputError if its layers have other
/// sizes.
void read_safetensors(const std::filesystem::path& path, Mlp<float>& network);

}  // namespace spinsweep::network
