#pragma once

#include <filesystem>

#include "study/study.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

/// Counts the files of the jump tables from the folder of the sweep file, unless they are those of `checked`, makes
/// sure that they are jump tables and, if a checksum is given, still the same; notes the checksum. Errors: InputError
/// with the place of `section`.
void check_jump_tables(network::JumpTableFiles& files, const network::JumpTableFiles& checked,
                       const std::filesystem::path& folder, const toml::node& section);

/// Makes sure that training in situ has pulses to draw from and a bound for each layer if it has any. Errors:
/// InputError with the place of `section`.
void check_in_situ(const toml::node& section, const Study& study);

}  // namespace spinsweep::study
