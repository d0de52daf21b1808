#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/schema.hpp"

/// Attributes of an open group or dataset. `where` names the object in errors, which are EnvironmentErrors.
/// Writing changes metadata: serial driver only, before the run. Reading is not collective.
namespace spinsweep::store {

/// Strings become scalar variable-length UTF-8 strings (a str in h5py, netCDF4 and xarray), numbers scalars, vectors
/// one-dimensional.
void write_attribute(hid_t object, std::string_view where, const Attribute& attribute);

/// Numbers stored as another type than they are given in: netCDF wants flag_values and _FillValue in the variable's.
void write_attribute_as(hid_t object, std::string_view where, const std::string& name, Type type,
                        const std::vector<std::int64_t>& values);
void write_attribute_as(hid_t object, std::string_view where, const std::string& name, Type type, double value);

[[nodiscard]] bool has_attribute(hid_t object, std::string_view where, const std::string& name);

/// A string attribute, of variable or fixed length. Errors: also if it is missing, not one string or not a string.
[[nodiscard]] std::string read_text_attribute(hid_t object, std::string_view where, const std::string& name);

/// All elements of a numeric attribute, converted. Errors: also if it is missing or not numeric.
[[nodiscard]] std::vector<double> read_number_attribute(hid_t object, std::string_view where, const std::string& name);

}  // namespace spinsweep::store
