#pragma once

#include <set>
#include <string>

#include "store/results_file.hpp"
#include "store/schema.hpp"

namespace spinsweep::store {

/// Checks that an open file holds every variable of the schema with its type and shape, so that whoever reads it may
/// rely on them. Dimensions named in `open` may have any size in the file, the same for all variables over them. Not
/// collective. Errors: EnvironmentError naming the first variable that is missing or not as it should be.
void require_layout(const ResultsFile& file, const Schema& schema, const std::set<std::string>& open);

}  // namespace spinsweep::store
