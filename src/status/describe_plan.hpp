#pragma once

#include <cstdint>
#include <string>

#include "study/study.hpp"

namespace spinsweep::status {

/// Which cases a plan of many lists: the first and the last ones, or all.
enum class ListedCases { ends, all };

/// What `spinsweep plan` prints: a table of the cases with their time, and what the whole study takes.
[[nodiscard]] std::string describe(const study::Study& study, ListedCases listed = ListedCases::ends);

/// Size of the finished results file, bytes. It takes data sets to be like MNIST: a plan does not read them.
[[nodiscard]] std::uint64_t results_bytes(const study::Study& study);
/// The same as one JSON object, with every case's parameters along the axes and estimated seconds. A current
/// density that a bisection has yet to find is null.
[[nodiscard]] std::string describe_as_json(const study::Study& study);

}  // namespace spinsweep::status
