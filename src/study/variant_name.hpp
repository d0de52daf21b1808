#pragma once

#include <cstddef>
#include <string>

#include "study/study.hpp"

namespace spinsweep::study {

/// "synapse variant 1: notches.count 5"
[[nodiscard]] std::string variant_name(const study::DevicePlan& plan, std::size_t number,
                                       const study::Variant& variant);

}  // namespace spinsweep::study
