#pragma once

#include <string>
#include <vector>

#include "sweep/study.hpp"

namespace spinsweep::sweep {

/// "1/4". Errors: InputError unless it is two whole numbers with 0 <= index < count.
[[nodiscard]] Part parse_part(const std::string& text);

/// Which cases of a device are the part's: every count-th, from the costliest to the cheapest, so that the parts cost
/// about the same. Every case belongs to one of the parts.
[[nodiscard]] std::vector<bool> cases_of(const Part& part, const DevicePlan& plan);

}  // namespace spinsweep::sweep
