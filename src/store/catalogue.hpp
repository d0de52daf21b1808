#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/results_file.hpp"

/// What an open results file holds, as found in the file itself. Not collective. Errors: EnvironmentError.
namespace spinsweep::store {

/// Absolute paths of all groups below the root, parents first.
[[nodiscard]] std::vector<std::string> list_groups(const ResultsFile& file);

/// Names of the variables of a group, in the order in which they were made; dimensions without a coordinate are none.
[[nodiscard]] std::vector<std::string> list_variables(const ResultsFile& file, const std::string& group);

/// Names of a variable's dimensions, slowest first: those of the scales attached to it.
[[nodiscard]] std::vector<std::string> dimensions_of(const ResultsFile& file, const std::string& variable);

}  // namespace spinsweep::store
