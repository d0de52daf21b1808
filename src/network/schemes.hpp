#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spinsweep::network {

class Scheme;

/// Every scheme, in the order in which they build on each other.
[[nodiscard]] const std::vector<const Scheme*>& schemes();

/// Their names in sweep files, in the same order.
[[nodiscard]] std::vector<std::string> scheme_names();

/// Errors: InputError if there is no scheme of this name.
[[nodiscard]] const Scheme& scheme_of_name(std::string_view name);

/// Whether a scheme trains the FP32 network further and is therefore compared with a control: the same network trained
/// for as long and with the same learning rates, but with free weights.
[[nodiscard]] bool has_control(std::string_view scheme);

}  // namespace spinsweep::network
