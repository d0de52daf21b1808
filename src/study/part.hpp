#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace spinsweep::study {

/// One of several shares of a study that are run into results files of their own, to be merged later.
struct Part {
  std::size_t index = 0;  ///< less than count
  std::size_t count = 1;
};

/// "1/4". Errors: InputError unless it is two whole numbers with 0 <= index < count.
[[nodiscard]] Part parse_part(const std::string& text);

/// Which of the pieces of work that cost so much are the part's: every count-th from the costliest to the cheapest, so
/// that the parts cost about the same. Each piece belongs to one part.
[[nodiscard]] std::vector<bool> pieces_of(const Part& part, const std::vector<double>& costs);

}  // namespace spinsweep::study
