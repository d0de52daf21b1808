#pragma once

#include <string>
#include <string_view>

#include "fields/file_field.hpp"

namespace spinsweep::fields {

/// Whether the bytes begin as a legacy VTK file does.
[[nodiscard]] bool is_legacy_vtk(std::string_view bytes);

/// The field on the cells of a legacy VTK file, structured points or a rectilinear grid of equal cells, in ASCII or
/// binary; `name` stands for the file in messages. Source of the format: VTK User's Guide, 11th edition (Kitware), "VTK
/// file formats". Errors: InputError that says what was found and what was expected; those of chosen_field().
[[nodiscard]] FileField read_legacy_vtk(std::string_view bytes, const std::string& name);

}  // namespace spinsweep::fields
