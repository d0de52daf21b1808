#pragma once

#include <string>
#include <string_view>

#include "fields/file_field.hpp"

namespace spinsweep::fields {

/// Whether the bytes begin as an HDF5 file does.
[[nodiscard]] bool is_hdf5(std::string_view bytes);

/// The field in an HDF5 file of discretisedfield (M. Beg, M. Lang, H. Fangohr, IEEE Trans. Magn. 58, 7300205 (2022)),
/// version 0.1 of its layout; `name` stands for the file in messages. Errors: EnvironmentError if HDF5 cannot read the
/// file; InputError if it holds something else than a field of one layer of 1 or 3 numbers.
[[nodiscard]] FileField read_hdf5_field(std::string_view bytes, const std::string& name);

}  // namespace spinsweep::fields
