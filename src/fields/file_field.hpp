#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::fields {

/// What a file that a sweep file names holds: numbers or vectors on a grid.
struct FileField {
  std::string name;  ///< of the file, for messages
  /// Cells and their edges in m. A picture has pixels, of which dx is 0: it is as large as the track.
  micromagnetics::Mesh mesh;
  int components = 1;
  std::vector<double> values;  ///< [y][x][component], y upwards; those of a picture are whole numbers up to 255

  [[nodiscard]] bool is_picture() const { return mesh.dx == 0.0; }
};

/// The fields of the files that a device's keys name, by the name of the file.
using FileFields = std::map<std::string, std::shared_ptr<const FileField>>;

/// The bytes of a file. Errors: EnvironmentError if it cannot be read.
[[nodiscard]] std::string read_bytes(const std::string& name);

/// The field in the bytes of a file, by their beginning: a PNG picture, or a field in OVF, VTK (legacy or XML) or
/// discretisedfield's HDF5. Errors: those of the readers of these formats; InputError if it is none of them, or if a
/// number is not finite.
[[nodiscard]] FileField read_file_field(const std::string& bytes, const std::string& name);

}  // namespace spinsweep::fields
