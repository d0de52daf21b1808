#pragma once

#include <string>
#include <vector>

#include "base/key_table.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// A key as it stands in a section of the sweep file.
struct SectionKey {
  std::string section;  ///< "network"
  std::string name;     ///< "epochs"; "pulse.duration" stands in a table of the section, pulse
  const keys::Description* key;
};

/// Every key of the sweep file in the order of its resolved text, those of devices once for each kind.
[[nodiscard]] const std::vector<SectionKey>& section_keys();

/// The sections, in that order.
[[nodiscard]] const std::vector<std::string>& sections();

/// The section that all devices share to which a key of a device belongs, "material" of "material.dmi", or an empty
/// string if each device has it in its own.
[[nodiscard]] std::string shared_section(const std::string& path);

}  // namespace spinsweep::study
