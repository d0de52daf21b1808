#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "study/study.hpp"

namespace spinsweep::status {

/// A line for each file that a device names: its key, its name, its checksum, and what of the first case it makes,
/// "  mask.file: shapes/ring.png (crc32 1a2b3c4d), 4820 of 5000 cells are magnetic".
[[nodiscard]] std::string describe_files(const study::DevicePlan& plan);

/// The same as a list of objects with key, name and checksum.
[[nodiscard]] nlohmann::json files_as_json(const study::DevicePlan& plan);

/// The same of the files that [network] names: measured devices and a trained network.
[[nodiscard]] std::string describe_network_files(const study::Study& study);
[[nodiscard]] nlohmann::json network_files_as_json(const study::Study& study);

}  // namespace spinsweep::status
