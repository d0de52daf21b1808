#pragma once

#include <optional>

#include "device/parameters.hpp"

namespace spinsweep::study {

/// The first thing that makes a case impossible, if any: a track that is not made of whole cells, a notch, wall or
/// detector outside it, notches that overlap or leave no way for the wall, resistances or times that do not fit.
[[nodiscard]] std::optional<device::Problem> find_problem(const device::DeviceParameters& parameters);

}  // namespace spinsweep::study
