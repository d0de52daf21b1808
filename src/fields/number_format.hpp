#pragma once

#include <bit>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace spinsweep::fields {

/// How a file stores numbers in binary.
struct NumberFormat {
  enum class Kind { signed_integer, unsigned_integer, floating_point };
  Kind kind = Kind::floating_point;
  std::size_t bytes = 8;  ///< 1, 2, 4 or 8
};

/// That of a type's name in legacy VTK files, "double" or "unsigned_char"; none if the name is unknown.
[[nodiscard]] std::optional<NumberFormat> legacy_vtk_format(std::string_view name);

/// That of a type's name in XML files of VTK, "Float64" or "UInt8"; none if the name is unknown.
[[nodiscard]] std::optional<NumberFormat> xml_vtk_format(std::string_view name);

/// The numbers in `bytes`, whose size is a multiple of the format's.
[[nodiscard]] std::vector<double> decode_numbers(std::string_view bytes, NumberFormat format, std::endian order);

/// The numbers in a text, separated by blanks; none if it holds anything else.
[[nodiscard]] std::optional<std::vector<double>> numbers_in(std::string_view text);

}  // namespace spinsweep::fields
