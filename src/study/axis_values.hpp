#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <vector>

#include "study/bisection.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

/// Most cases a sweep may have.
inline constexpr std::size_t most_cases = 1'000'000;

/// The range a sampled axis draws from.
struct SampledRange {
  double from = 0.0;
  double to = 0.0;
  bool logarithmic = false;
};

/// What a sweep file says of one axis: its values, the range to draw them from, or how they are found.
struct AxisValues {
  std::vector<double> values;
  std::optional<SampledRange> sampled;
  std::optional<Bisection> bisection;  ///< values are then its two ends and NaN for the rest
  std::string twin;                    ///< where and which, if a value stands twice in a list; an error unless zipped
};

/// Reads a list of numbers or of choices, { from, to, step }, { from, to, count } with log or not, or, if the sweep is
/// sampled, { from, to } with log or not; for pulse.current_density { bisect, from, to, tolerance } too. Errors:
/// InputError with the place of what is wrong.
[[nodiscard]] AxisValues read_axis_values(const toml::node& node, const Parameter& parameter, bool sweep_is_sampled);

}  // namespace spinsweep::study
