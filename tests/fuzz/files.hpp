#pragma once

#include <filesystem>
#include <string>

namespace spinsweep::fuzz {

/// A whole file as bytes. Errors: EnvironmentError.
[[nodiscard]] std::string read_bytes(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, const std::string& bytes);

/// Two small data sets of 4 x 5 pixels below `folder`, "bright" with 4 classes and "dark" with 3, as plain IDX files.
void write_data_sets(const std::filesystem::path& folder);

}  // namespace spinsweep::fuzz
