#pragma once

#include "study/read_keys.hpp"
#include "study/study.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

/// Makes sure that the study's devices are those that its network needs, and that they have what its settings ask for.
/// Measured devices make `measured` the source of levels if none is given. places: of the keys of [network]. Errors:
/// InputError with the place of `section`.
void check_network(const toml::node& section, const Places& places, Study& study);

/// Makes sure that the study has the sections of other stages that its network needs. Errors: as above, or with the
/// place of a key.
void check_network_stages(const toml::node& section, const Study& study);

}  // namespace spinsweep::study
