#pragma once

#include <string>
#include <vector>

#include "results/variable.hpp"
#include "study/parameter.hpp"

namespace spinsweep::results {

/// The swept parameters of the input's device over its cases, as variables of role `axis`. status: of the cases.
[[nodiscard]] std::vector<Description> axes_of_cases(const LayoutInput& input, const Dimension& dimension,
                                                     const Status& status);

/// A swept parameter in which a device's variants differ: any but the current density, which drives a device and is no
/// part of it.
struct VariantAxis {
  std::string path;  ///< "material.dmi"
  const study::Parameter& parameter;
  std::vector<double> values;  ///< of each variant
};

[[nodiscard]] std::vector<VariantAxis> variant_axes(const study::DevicePlan& plan);

/// The same as variables of role `axis`. prefix: what their names begin with.
[[nodiscard]] std::vector<Description> axes_of_variants(const study::DevicePlan& plan, const Dimension& dimension,
                                                        const std::string& prefix);

/// The name of a parameter of the sweep file in figures and tables: "DMI" for "material.dmi".
[[nodiscard]] std::string short_name_of_parameter(const std::string& path);

}  // namespace spinsweep::results
