#pragma once

#include <string>
#include <vector>

#include "fuzz/random.hpp"

namespace spinsweep::fuzz {

/// Makes one to four mistakes in a text of keys and values: tokens exchanged, doubled or lost, lines doubled, lost or
/// moved, numbers that are huge, tiny, negative or NaN, values of another type, characters outside ASCII, lists nested
/// very deep, `keys` with any such value, damaged bytes.
[[nodiscard]] std::string mutate_text(std::string text, Random& random, const std::vector<std::string>& keys = {});

/// A value as the mistakes of mutate_text() put it into a text.
[[nodiscard]] std::string hostile_value(Random& random);

}  // namespace spinsweep::fuzz
