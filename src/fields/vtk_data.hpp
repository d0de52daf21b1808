#pragma once

#include <bit>
#include <cstddef>
#include <string>
#include <string_view>

namespace spinsweep::fields {

/// How an XML file of VTK stores binary data.
struct VtkEncoding {
  std::endian order = std::endian::little;
  std::size_t header_bytes = 4;  ///< of each of the sizes before the data, 4 or 8
  bool is_compressed = false;    ///< by zlib, in blocks
  bool is_base64 = true;
};

/// The bytes of the array whose data begin where `text` does; what follows them is ignored. most: more are refused.
/// Source of the format: VTK User's Guide, 11th edition (Kitware), "XML file formats". Errors: InputError "NAME: ..."
/// if the data are cut, too many or damaged.
[[nodiscard]] std::string vtk_data(std::string_view text, const VtkEncoding& encoding, double most,
                                   const std::string& name);

}  // namespace spinsweep::fields
