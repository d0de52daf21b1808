#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// Contents of an OVF file: a vector field. OVF 2.0: OOMMF User's Guide, release 2.0a3 (M. J. Donahue, D. G. Porter,
/// NIST), "Vector Field File Format (OVF)"; binary data are little-endian behind a check value.
struct OvfField {
  Mesh mesh;                                                ///< its corner lies at the origin
  std::vector<double> values;                               ///< [y][x][component]
  std::string title = "m";                                  ///< one line
  std::vector<std::string> description = {};                ///< lines of Desc
  std::vector<std::string> labels = {"m_x", "m_y", "m_z"};  ///< of the components, no blanks
  std::string unit = "1";                                   ///< of the components, no blanks
};

enum class OvfData { text, binary4, binary8 };

/// Writes a field, overwriting the file. Errors: EnvironmentError if the file cannot be written completely.
void write_ovf(const std::filesystem::path& path, const OvfField& field, OvfData data);

/// Reads the first segment of an OVF 2.0 file: a rectangular mesh of one layer in metres, three components, text or
/// binary of either width. Errors: EnvironmentError that names the file, the mistake and the expected text.
[[nodiscard]] OvfField read_ovf(const std::filesystem::path& path);

}  // namespace spinsweep::micromagnetics
