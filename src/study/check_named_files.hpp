#pragma once

#include <filesystem>

#include "study/read_keys.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// Reads the files that a device names, whose relative paths count from `folder`: makes sure that each can be read,
/// fits the track of every case and, if the plan has its checksum, is still the same. Notes the checksums and the
/// fields in the plan, and adds the bytes of the files that cases keep to `contents`. places: of the keys. Errors:
/// InputError that begins with the place of the key.
void read_named_files(const std::filesystem::path& folder, const Places& places, DevicePlan& plan,
                      FileContents& contents);

}  // namespace spinsweep::study
