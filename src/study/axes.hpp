#pragma once

#include <toml++/toml.h>

#include <string>

#include "device/parameters.hpp"
#include "study/read_keys.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// Reads the sweep table of a device and makes its cases from `base`: axes multiply, the last one written runs fastest,
/// axes in one list of `zip` run together. Every case is checked. Errors: InputError with the place of the axis or key.
[[nodiscard]] DevicePlan expand(const toml::table* sweep, const device::DeviceParameters& base, Places places,
                                const std::string& section_place);

}  // namespace spinsweep::study
