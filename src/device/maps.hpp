#pragma once

#include <string>

#include "base/key.hpp"

namespace spinsweep::device {

/// A picture or a field of the shape of the track. Every key X of a file has a key X_checksum beside it.
struct MaskFile {
  std::string file = {};
  std::string file_checksum = {};
  bool is_inverted = false;

  static void declare(auto& key) {
    key("file", &MaskFile::file,
        "greyscale PNG picture or field (OVF, VTK, discretisedfield's HDF5) with the magnetic share of each place; see "
        "below. A relative path starts from the folder of the sweep file. The file is identified by its checksum, not "
        "by its name",
        keys::Role::run);
    key("file_checksum", &MaskFile::file_checksum, "checksum of that file; as `initial_wall.file_checksum`");
    key("inverted", &MaskFile::is_inverted, "whether black marks the magnetic places of the file; of a field, zero");
  }
};

/// Files with the material of each cell. What is not given is that of `material`.
struct MaterialFiles {
  std::string saturation_magnetization = {};
  std::string saturation_magnetization_checksum = {};
  std::string exchange_stiffness = {};
  std::string exchange_stiffness_checksum = {};
  std::string anisotropy = {};
  std::string anisotropy_checksum = {};
  std::string anisotropy_axis = {};
  std::string anisotropy_axis_checksum = {};
  std::string dmi = {};
  std::string dmi_checksum = {};

  static void declare(auto& key) {
    using M = MaterialFiles;
    const auto file = [&key](const std::string& name, std::string M::*member, std::string M::*checksum,
                             const std::string& doc) {
      key(name, member, doc, keys::Role::run);
      key(name + "_checksum", checksum, "checksum of that file; as `initial_wall.file_checksum`");
    };
    file("saturation_magnetization", &M::saturation_magnetization, &M::saturation_magnetization_checksum,
         "field with the saturation magnetisation of each cell in A/m; or of vectors of that length. A cell where "
         "it is 0 is not magnetic");
    file("exchange_stiffness", &M::exchange_stiffness, &M::exchange_stiffness_checksum,
         "field with the exchange stiffness of each cell in J/m");
    file("anisotropy", &M::anisotropy, &M::anisotropy_checksum,
         "field with the uniaxial anisotropy of each cell in J/m3");
    file("anisotropy_axis", &M::anisotropy_axis, &M::anisotropy_axis_checksum,
         "field with the axis of the anisotropy of each cell; vectors of any length but 0");
    file("dmi", &M::dmi, &M::dmi_checksum, "field with the DMI constant of each cell in J/m2");
  }

  [[nodiscard]] bool exist() const {
    return !(saturation_magnetization.empty() && exchange_stiffness.empty() && anisotropy.empty() &&
             anisotropy_axis.empty() && dmi.empty());
  }
};

}  // namespace spinsweep::device
