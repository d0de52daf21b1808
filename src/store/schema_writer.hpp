#pragma once

#include <hdf5.h>

#include <string_view>

#include "store/hdf5.hpp"
#include "store/schema.hpp"

namespace spinsweep::store {

/// How a new file is made: it remembers the order of its links and attributes, which netCDF-4 demands.
[[nodiscard]] UniquePropertyList file_creation(std::string_view where);

/// Writes every group, variable, attribute and dimension scale, and the initial data, into a new file open with the
/// serial driver. `where` names the file in errors: EnvironmentErrors, and Error if the initial data of a
/// variable have another size or a dimension has no elements.
///
/// Variables are contiguous and have their space from the start, but are not filled: that would write out every byte
/// of a file whose cases may take days to come. Until it is written a row is a hole and reads as zeros.
void write_schema(hid_t file, std::string_view where, const Schema& schema);

}  // namespace spinsweep::store
