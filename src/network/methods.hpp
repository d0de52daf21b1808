#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spinsweep::network {

class Method;

/// Every method, in the order in which they build on each other.
[[nodiscard]] const std::vector<const Method*>& methods();

/// Their names in sweep files, in the same order.
[[nodiscard]] std::vector<std::string> method_names();

/// Errors: InputError if there is no method of this name.
[[nodiscard]] const Method& method_of_name(std::string_view name);

}  // namespace spinsweep::network
