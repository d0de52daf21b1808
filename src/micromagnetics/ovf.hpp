#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// Contents of an OVF file: a field of vectors or of numbers. OVF: OOMMF User's Guide, release 2.0a3 (M. J. Donahue,
/// D. G. Porter, NIST), "Vector Field File Format (OVF)"; binary data stand behind a check value, little-endian in OVF
/// 2.0 and big-endian in OVF 1.0.
struct OvfField {
  Mesh mesh;                                                ///< its corner lies at the origin
  std::vector<double> values;                               ///< [y][x][component]
  int components = 3;                                       ///< 3, or 1 for a field of numbers
  std::string title = "m";                                  ///< one line
  std::vector<std::string> description = {};                ///< lines of Desc
  std::vector<std::string> labels = {"m_x", "m_y", "m_z"};  ///< of the components, no blanks
  std::string unit = "1";                                   ///< of the components, no blanks
};

enum class OvfData { text, binary4, binary8 };

/// Writes a field as OVF 2.0, overwriting the file. Errors: EnvironmentError if the file cannot be written completely.
void write_ovf(const std::filesystem::path& path, const OvfField& field, OvfData data);

/// Reads the first segment of an OVF 1.0 or 2.0 file: a rectangular mesh of one layer in metres, three components, text
/// or binary of either width. Errors: EnvironmentError that names the file, the mistake and the expected text.
[[nodiscard]] OvfField read_ovf(const std::filesystem::path& path);

/// How many components the values of a field may have.
enum class OvfComponents { three, one_or_three };

/// The same for the contents of a file; `path` is its name in messages.
[[nodiscard]] OvfField parse_ovf(const std::string& contents, const std::filesystem::path& path,
                                 OvfComponents components);

}  // namespace spinsweep::micromagnetics
