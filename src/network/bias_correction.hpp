#pragma once

#include "network/idx.hpp"
#include "network/mlp.hpp"

namespace spinsweep::network {

/// Shifts the biases of `network`, the quantised `reference`, layer by layer until the pre-activation of each neuron
/// has the same mean over the images as in `reference`. Where quantisation shifts many weights to the same side, a
/// hidden neuron may otherwise be zero for every image and have no gradient (empirical bias correction: M. Nagel, M.
/// van Baalen, T. Blankevoort, M. Welling, ICCV 2019). The same on every rank that calls it.
void correct_biases(Mlp<float>& network, const Mlp<float>& reference, const ImageSet& images);

}  // namespace spinsweep::network
