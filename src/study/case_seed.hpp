#pragma once

#include <cstdint>

#include "study/study.hpp"

namespace spinsweep::study {

/// The seed of a case's thermal noise. It depends on the study's seed and on what the case is, the device, the
/// realisation of the noise and the values of the swept parameters, and not on the place of the case in the plan: a
/// case added to a sweep changes no other.
[[nodiscard]] std::uint64_t case_seed(std::int64_t study_seed, const DevicePlan& plan, std::size_t index);

/// Gives every case of the plan its seed.
void seed_cases(std::int64_t study_seed, DevicePlan& plan);

}  // namespace spinsweep::study
