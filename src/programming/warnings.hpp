#pragma once

#include <string>
#include <vector>

#include "study/study.hpp"

namespace spinsweep::programming {

/// What is suspicious about [programming], in sentences: that a network is to draw errors of writing of which each
/// level has one only, and that amplitudes are tried which heat the film by more than substrate.largest_rise.
[[nodiscard]] std::vector<std::string> warnings(const study::Study& study);

}  // namespace spinsweep::programming
