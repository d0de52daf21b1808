#pragma once

#include <array>
#include <cstdint>

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
  class Draws;

  void move_one(std::size_t place, float change, int step, float& weight);
  [[nodiscard]] float pulsed(float g, float change, int side, Draws& draws);
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
