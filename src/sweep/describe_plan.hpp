#pragma once

#include <string>

#include "sweep/study.hpp"

namespace spinsweep::sweep {

/// The table that `spinsweep plan` prints, at most 80 columns wide.
[[nodiscard]] std::string describe(const Study& study);

}  // namespace spinsweep::sweep
