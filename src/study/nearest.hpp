#pragma once

#include <string>
#include <vector>

namespace spinsweep::study {

/// The candidate most like `word`, or an empty string if none is alike.
[[nodiscard]] std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace spinsweep::study
