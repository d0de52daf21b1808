#pragma once

#include <string>

#include "results/variable.hpp"

namespace spinsweep::results {

/// The variables of a group as a table in Markdown: what docs/results-file.md shows.
[[nodiscard]] std::string documentation_of(const Group& group);

}  // namespace spinsweep::results
