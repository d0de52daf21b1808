#pragma once

#include "network/idx.hpp"
#include "network/mlp.hpp"

namespace spinsweep::network {

/// Moves the biases of `network`, layer by layer, until what each neuron adds up is in the mean over the images what it
/// is in `reference`, whose weights `network` has on levels: where the levels shift many weights to the same side, a
/// hidden neuron may otherwise never leave zero, and then has no gradient to come back by (empirical bias correction:
/// M. Nagel, M. van Baalen, T. Blankevoort, M. Welling, ICCV 2019). The same on every rank that calls it.
void correct_biases(Mlp<float>& network, const Mlp<float>& reference, const ImageSet& images);

}  // namespace spinsweep::network
