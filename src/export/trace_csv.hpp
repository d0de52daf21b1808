#pragma once

#include <string>

#include "export/device_case.hpp"

namespace spinsweep::exports {

/// The traces of a case as comma-separated values: a line of names with units, then one line for each sample time,
/// every number with the digits that give it back.
[[nodiscard]] std::string trace_csv(const DeviceCase& device_case);

}  // namespace spinsweep::exports
