#pragma once

#include <string>

namespace spinsweep::study {

/// What a key or section that earlier versions had is called now, or an empty string: "pulse.rest" gives
/// "pulse.relaxation", "network.chips" gives "network.device_samples".
[[nodiscard]] std::string new_name_of_key(const std::string& name);

/// The same for a choice of a key, or for the words of a mapping: "max_abs+pair" gives "max_abs+differential_pair".
[[nodiscard]] std::string new_name_of_choice(const std::string& choice);

}  // namespace spinsweep::study
