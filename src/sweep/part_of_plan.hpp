#pragma once

#include <vector>

#include "study/part.hpp"
#include "study/study.hpp"

namespace spinsweep::sweep {

/// Which cases of a plan belong to a part. Those of a bisection go together, for each needs the outcome of the ones
/// before.
[[nodiscard]] std::vector<bool> cases_of(const study::Part& part, const study::DevicePlan& plan);

}  // namespace spinsweep::sweep
