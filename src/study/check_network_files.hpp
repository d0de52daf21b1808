#pragma once

#include <filesystem>

#include "study/study.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

/// Reads the files of measured devices that [network] names, whose relative paths count from `folder`: makes sure that
/// they can be used and, if the study has their checksums, are still the same. Notes the checksums, and how many levels
/// and devices there are, in the study, and adds the bytes of the files to its contents. Errors: InputError with the
/// place of `section`.
void read_measured_files(const std::filesystem::path& folder, const toml::node& section, Study& study);

/// Gives the study the measured devices that its files hold. Errors: those of network::parse_measured_devices().
void attach_measured_devices(Study& study);

/// Makes sure that the network's model file can be read and, if the study has its checksum, is still the same; notes
/// the checksum. Errors: InputError with the place of `section`.
void check_model_file(const toml::node& section, network::NetworkSettings& settings);

}  // namespace spinsweep::study
