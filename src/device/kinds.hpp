#pragma once

#include "device/kind_neuron.hpp"
#include "device/kind_synapse.hpp"

namespace spinsweep::device {

/// What each kind has besides the CommonParameters.
template <class... Kinds>
struct KindList : Kinds::Parameters... {
  static void declare(auto& key) { (key.template base<typename Kinds::Parameters>(Kinds::name), ...); }
};

/// Every kind of device, in the order in which they are simulated. A new kind is one header like kind_synapse.hpp and
/// one word here.
using Kinds = KindList<Neuron, Synapse>;

}  // namespace spinsweep::device
