#pragma once

#include <cstddef>
#include <vector>

#include "study/part.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// The cases of a plan in the pieces that one group of ranks works through: one case each, or all cases of a variant
/// where a bisection makes each depend on the outcome of those before.
[[nodiscard]] std::vector<std::vector<std::size_t>> work_pieces(const study::DevicePlan& plan);

/// Which cases of a plan belong to a part, which gets whole pieces of work.
[[nodiscard]] std::vector<bool> cases_of(const study::Part& part, const study::DevicePlan& plan);

}  // namespace spinsweep::study
