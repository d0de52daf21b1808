#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "network/counter_random.hpp"
#include "network/optimizer.hpp"
#include "network/pulsed_devices.hpp"

namespace spinsweep::network {

/// Training in situ of this rank's slice: stochastic gradient descent whose every update of a weight is pulses on its
/// device or, in opposite directions, on both devices of its pair. The draws depend on the seed, the step, the
/// parameter and the side of the pair alone. Parameters without a range are digital and get the update as it is.
class PulseOptimizer final : public Optimizer {
 public:
  /// As make_optimizer(). counts: whether this rank counts the pulses before settings.resume.
  PulseOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps, GradientExchange& exchange,
                 bool counts);

  void move(int step, std::size_t batch_size) override;

  /// The conductances are where Adam's moments are in other trainings.
  void gather(TrainingState& state, const parallel::Communicator& communicator) const override;

 private:
  /// Weights whose updates are drawn together, at most.
  static constexpr std::size_t longest_run = 128;

  /// The devices on one side of the pairs of a run of weights, and what they are asked for.
  struct Devices {
    std::span<float> conductances;   ///< normalised
    std::span<const float> changes;  ///< wanted
    std::span<const float> draws;    ///< uniform in [0, 1)
  };

  void move_run(std::size_t first, std::span<const float> changes, int step, std::span<float> weights);
  [[nodiscard]] double pulses_for(float change) const {
    return static_cast<double>(change) / (change > 0.0F ? up_ : down_);
  }
  [[nodiscard]] const JumpSampler& jumps_for(float change) const {
    return change > 0.0F ? devices_.pulses.increasing : devices_.pulses.decreasing;
  }
  void change_exactly(const Devices& devices) const;
  void change_by_scaled_pulses(const Devices& devices) const;
  /// parameter: that of the first device.
  void change_by_whole_pulses(const Devices& devices, std::size_t parameter, int step, int side);
  void count_pulses(std::span<const float> changes);
  [[nodiscard]] float weight_of(std::size_t place) const;

  const TrainingSettings& settings_;
  const PulsedDevices& devices_;
  int steps_;
  GradientExchange& exchange_;
  CounterRandom random_;
  int sides_;
  double up_;                                         ///< mean change by a pulse that raises the conductance
  double down_;                                       ///< by one that lowers it
  AlignedVector<float> low_;                          ///< [parameter of the slice], weight of the lowest conductance
  AlignedVector<float> width_;                        ///< [parameter of the slice], of all conductances; 0: digital
  std::array<AlignedVector<float>, 2> conductances_;  ///< [side][parameter of the slice], normalised
  std::int64_t pulses_ = 0;                           ///< in units of 1/pulse_unit
};

}  // namespace spinsweep::network
