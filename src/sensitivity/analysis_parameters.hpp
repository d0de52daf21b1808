#pragma once

#include <string>
#include <vector>

#include "study/study.hpp"

namespace spinsweep::sensitivity {

/// A swept parameter that accuracy may depend on, see results::VariantAxis.
struct AnalysedParameter {
  std::string name;        ///< "synapse.material.dmi"
  std::string path;        ///< "material.dmi"
  std::string short_name;  ///< in figures
  std::string unit;
  std::string long_name;
  const device::Kind* kind = nullptr;
  std::vector<double> values;  ///< of each variant of that device
};

/// Those of the device with levels, then those of the one with an activation.
[[nodiscard]] std::vector<AnalysedParameter> analysed_parameters(const study::Study& study);

/// How many of a device's axes are analysed.
[[nodiscard]] std::size_t analysed_axis_count(const study::DevicePlan& plan);

/// A property of a synapse variant that is analysed like an accuracy.
struct DeviceQuantity {
  std::string name;
  std::string short_name;
  std::string unit;
  std::string long_name;
};

/// The depinning current, where the study has one, the range of the levels, how even they are, and, if the study has
/// [programming] or [retention], how well levels can be written, or the smallest barrier and the retention time; none
/// if no parameter of the synapse is swept.
[[nodiscard]] std::vector<DeviceQuantity> device_quantities(const study::Study& study);

/// Largest number of notches of any synapse.
[[nodiscard]] std::size_t largest_notch_count(const study::Study& study);

/// Whether the variants of a device form a Saltelli sample.
[[nodiscard]] bool has_saltelli_sample(const study::DevicePlan& plan);

}  // namespace spinsweep::sensitivity
