#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fuzz/random.hpp"

namespace spinsweep::fuzz {

/// Part of a file, [first, second).
using ByteRange = std::pair<std::size_t, std::size_t>;

/// Damages a file in one to four places: flipped bits, hostile integers of either byte order, lost, doubled, inserted,
/// exchanged and zeroed stretches, a lost end. If `targets` are given, most of the damage begins inside them.
[[nodiscard]] std::string mutate_bytes(std::string bytes, Random& random, const std::vector<ByteRange>& targets = {});

}  // namespace spinsweep::fuzz
