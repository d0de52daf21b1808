#pragma once

#include <string>
#include <vector>

#include "study/study.hpp"

namespace spinsweep::study {

/// What a case is physically, as bytes: the value of every key that its simulation depends on, whether it is an axis,
/// was given in the sweep file or follows from others. Every key counts unless its role says otherwise. Cases with
/// equal keys yield equal results.
using CaseKey = std::string;
[[nodiscard]] CaseKey physical_key(const device::DeviceParameters& parameters);

/// The key of the magnetisation a case starts from.
[[nodiscard]] CaseKey initial_state_key_of(const device::DeviceParameters& parameters);

/// Whether the key says everything. It does not if a bisection has yet to find the current density, or if a file is
/// named without its checksum: it may hold something else by now.
[[nodiscard]] bool is_comparable(const device::DeviceParameters& parameters);

/// For each case the first case of the plan that is physically the same: its own index if there is none before it.
[[nodiscard]] std::vector<std::size_t> first_identical_cases(const DevicePlan& plan);

}  // namespace spinsweep::study
