#pragma once

#include "network/idx.hpp"
#include "network/placement.hpp"
#include "network/pulsed_devices.hpp"

namespace spinsweep::network {

/// How a synapse is read.
struct Reading {
  double voltage = 0.1;     ///< V, of an input of 1; other inputs are proportional
  double duration = 10e-9;  ///< s
};

/// Energy dissipated in all synapses of the quantised layers for one image, J: the sum of V^2 G t over all devices,
/// averaged over (at most a thousand of) the images. Biases, neurons and wires are not counted.
[[nodiscard]] double inference_energy(const Mlp<float>& network, const Placement& placement, const Reading& reading,
                                      const ImageSet& images);

/// The same of a network that has been trained in situ.
[[nodiscard]] double inference_energy(const Mlp<float>& network, const PulsedDevices& devices,
                                      const TrainedDevices& trained, const Reading& reading, const ImageSet& images);

}  // namespace spinsweep::network
