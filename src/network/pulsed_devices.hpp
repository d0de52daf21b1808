#pragma once

#include <cstdint>
#include <vector>

#include "analysis/jump_table_file.hpp"
#include "network/deployment.hpp"
#include "network/jump_sampler.hpp"
#include "network/mlp.hpp"
#include "network/placement.hpp"

namespace spinsweep::network {

/// The devices that hold the weights of a network while it is trained in situ, one or a pair for each weight, and how
/// their pulses change them.
struct PulsedDevices {
  InSituSettings settings;
  bool differential_pair = false;
  std::vector<LayerPlacement> layers;  ///< the weights of the lowest and the highest conductance of the devices
  PulseModel pulses;
};

/// For this deployment. Errors: InputError if the tables have no range, or the layers are not as many as
/// settings.in_situ.ranges.
[[nodiscard]] PulsedDevices pulsed_devices(const Mlp<float>& baseline, const Deployment& deployment,
                                           const analysis::JumpTables& tables);

/// How many devices hold the weights of such a network, and its biases if these are not digital.
[[nodiscard]] std::int64_t device_count(const PulsedDevices& devices, const Mlp<float>& network);

/// The devices after training in situ.
struct TrainedDevices {
  std::vector<float> conductances;  ///< [side of a pair][parameter], normalised; meaningless for digital parameters
  double pulses_per_device = 0.0;   ///< mean
};

}  // namespace spinsweep::network
