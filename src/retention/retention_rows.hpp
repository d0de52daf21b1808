#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "results/results.hpp"
#include "retention/attempt_frequencies.hpp"
#include "retention/losses.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {

/// What is found of a variant.
struct Landscape {
  std::vector<Well> wells;                               ///< left to right, at least one
  std::vector<micromagnetics::MinimumEnergyPath> paths;  ///< from each well to the next
  std::vector<AttemptFrequencies> frequencies;           ///< of each path
  std::array<Loss, 2> losses;                            ///< over the left and the right end
};

/// Writes the rows of a variant in /retention and what follows from them for the times and temperatures of the study.
/// Returns how long levels last, in words.
std::string write_retention(results::Results& results, std::size_t variant, const micromagnetics::LlgsSystem& system,
                            const device::DeviceParameters& p, const Landscape& found);

}  // namespace spinsweep::retention
