#pragma once

#include <string>

#include "network/settings.hpp"

namespace spinsweep::sweep {

/// Computing times of what the network stage does, on one core as foreseen, s. They take a data set of the size of
/// MNIST: how far they are off shows as soon as something is done.
[[nodiscard]] double estimated_baseline_seconds(const network::NetworkSettings& settings);
[[nodiscard]] double estimated_control_seconds(const network::NetworkSettings& settings);
[[nodiscard]] double estimated_scheme_seconds(const network::NetworkSettings& settings, const std::string& scheme);

}  // namespace spinsweep::sweep
