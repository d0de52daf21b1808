#pragma once

#include "base/key.hpp"

namespace spinsweep::network {

/// What noise amplitudes are relative to: the largest minus the smallest level, or the conductance of the device.
enum class NoiseScale { absolute, relative };

/// Where the error of writing comes from: a normal distribution with the deviation that a study gives, the simulated
/// writes of [programming], or measured devices. In addition to these that deviation still counts.
enum class DeviceErrors { assumed, simulated, measured };

/// Where the noise of the neurons comes from: they have none, or that of their simulated cases.
enum class NeuronNoiseSource { none, simulated };

/// How far the conductances of real devices are from their levels. Each source of noise is a class in a file of its
/// own, which says when it acts: noise_device_to_device.hpp, noise_programming.hpp,
/// noise_simulated.hpp, noise_stuck_at.hpp, noise_retention.hpp, noise_read.hpp, noise_neuron.hpp.
struct DeviceNoise {
  DeviceErrors errors = DeviceErrors::assumed;
  double device_to_device_sigma = 0.0;
  double programming_noise = 0.0;
  double read_noise = 0.0;
  NoiseScale scale = NoiseScale::absolute;  ///< of the three above
  double stuck_at_fraction = 0.0;
  double retention_relaxation = 0.0;
  NeuronNoiseSource neurons = NeuronNoiseSource::none;

  /// Whether a device is left with another conductance than that of its level: by writing, or until it is read.
  [[nodiscard]] bool acts_before_reading() const {
    return errors != DeviceErrors::assumed || device_to_device_sigma > 0.0 || programming_noise > 0.0 ||
           stuck_at_fraction > 0.0 || retention_relaxation > 0.0;
  }

  friend bool operator==(const DeviceNoise&, const DeviceNoise&) = default;

  static void declare(auto& key) {
    using N = DeviceNoise;
    using keys::between;
    key("device_errors", &N::errors, {"assumed", "simulated", "measured"},
        "where errors of writing come from; from the deviations below alone, or also from the simulated writes of "
        "`[programming]` or from the `measured_devices`, of which each device draws one of its level. `simulated` "
        "needs `level_source = \"programmed\"`");
    key("device_to_device_sigma", &N::device_to_device_sigma, "1", between(0.0, 10.0),
        "standard deviation of G between devices");
    key("programming_noise", &N::programming_noise, "1", between(0.0, 10.0), "standard deviation of G between writes");
    key("read_noise", &N::read_noise, "1", between(0.0, 10.0), "standard deviation of G between reads");
    key("noise_scale", &N::scale, {"absolute", "relative"},
        "scale of these three deviations; `absolute`: the range of levels, `relative`: the device's G");
    key("stuck_at_fraction", &N::stuck_at_fraction, "1", between(0.0, 1.0),
        "fraction of devices stuck at their lowest or highest level");
    key("retention_relaxation", &N::retention_relaxation, "1", between(0.0, 1.0),
        "fraction of the way to the nearest notch that a wall relaxes before it is read");
    key("neuron_noise", &N::neurons, {"none", "simulated"},
        "noise of the neurons of device samples; `simulated`: the activation of every neuron and image is drawn from "
        "the realisations of the neuron's cases. Needs `thermal.realizations` of the neuron");
  }
};

}  // namespace spinsweep::network
