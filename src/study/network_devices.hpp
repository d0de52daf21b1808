#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "study/study.hpp"

/// The devices of a study's networks, whether they are simulated or not.
namespace spinsweep::study {

/// Whether measured devices hold the weights, in place of a simulated synapse.
[[nodiscard]] bool has_measured_weights(const Study& study);

/// Whether the neurons are ideal, in place of a simulated neuron.
[[nodiscard]] bool has_ideal_neurons(const Study& study);

/// Variants of the device that holds the weights, and of the neuron.
[[nodiscard]] std::size_t weight_variant_count(const Study& study);
[[nodiscard]] std::size_t neuron_variant_count(const Study& study);

/// "synapse variant 1: notches.count 5", or "measured devices a", of each variant.
[[nodiscard]] std::vector<std::string> weight_variant_names(const Study& study);

}  // namespace spinsweep::study
