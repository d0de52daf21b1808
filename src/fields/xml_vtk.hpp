#pragma once

#include <string>
#include <string_view>

#include "fields/file_field.hpp"

namespace spinsweep::fields {

/// Whether the bytes begin as an XML file does.
[[nodiscard]] bool is_xml(std::string_view bytes);

/// The field on the cells of an XML file of VTK: an image (.vti) or a rectilinear grid of equal cells (.vtr) in one
/// piece, its data in ASCII, base64 or raw, compressed by zlib or not; `name` stands for the file in messages. Source
/// of the format: VTK User's Guide, 11th edition (Kitware), "XML file formats". Errors: InputError that says what was
/// found and what was expected; those of chosen_field().
[[nodiscard]] FileField read_xml_vtk(std::string_view bytes, const std::string& name);

}  // namespace spinsweep::fields
