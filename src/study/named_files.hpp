#pragma once

#include <string>
#include <vector>

#include "study/parameter.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// A key of a device that names a file, and the key beside it with the file's checksum.
struct NamedFile {
  const Parameter* key;
  const Parameter* checksum;

  /// Empty if none is given.
  [[nodiscard]] std::string name_in(const device::DeviceParameters& p) const;
  [[nodiscard]] std::string checksum_in(const device::DeviceParameters& p) const;
  /// Whether cases keep the contents of the file. They do of all but a wall, which belongs to one mesh.
  [[nodiscard]] bool is_kept() const { return key->path != "initial_wall.file"; }
};

/// Every key X that has a key X_checksum.
[[nodiscard]] const std::vector<NamedFile>& named_files();

/// "crc32 1a2b3c4d"
[[nodiscard]] std::string checksum_of(const std::string& bytes);

/// Gives the plan the fields that its files hold; `contents` are their bytes by their names. Errors: those of
/// fields::read_file_field().
void attach_files(const FileContents& contents, DevicePlan& plan);

}  // namespace spinsweep::study
