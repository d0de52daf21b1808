#pragma once

#include "store/schema.hpp"

namespace spinsweep::store {

/// Checks the guarantees of a results file: unique names without slashes, dimensions that exist
/// and are not empty, a long_name and units on every quantity, initial data that fit.
/// Errors: Error naming the first variable or dimension that is wrong. A wrong schema is a mistake in spinsweep.
void check(const Schema& schema);

}  // namespace spinsweep::store
