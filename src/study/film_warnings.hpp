#pragma once

#include <string>
#include <vector>

#include "study/study.hpp"

namespace spinsweep::study {

/// What is legal but is hardly what was meant, one sentence each: values far outside any film, as of a unit that was
/// not converted; cells too large to carry a wall; a film that is magnetised in its plane.
[[nodiscard]] std::vector<std::string> film_warnings(const Study& study);

}  // namespace spinsweep::study
