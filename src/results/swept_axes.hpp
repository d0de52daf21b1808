#pragma once

#include <string>
#include <vector>

#include "results/variable.hpp"

namespace spinsweep::results {

/// The swept parameters of the input's device over its cases, as variables of role `axis`. status: of the cases.
[[nodiscard]] std::vector<Description> axes_of_cases(const LayoutInput& input, const Dimension& dimension,
                                                     const Status& status);

/// The swept parameters that tell a device's variants apart: all but the current density, which drives it. prefix:
/// what the names of the variables begin with.
[[nodiscard]] std::vector<Description> axes_of_variants(const study::DevicePlan& plan, const Dimension& dimension,
                                                        const std::string& prefix);

/// How figures and tables call a parameter of the sweep file: "DMI" for "material.dmi".
[[nodiscard]] std::string short_name_of_parameter(const std::string& path);

}  // namespace spinsweep::results
