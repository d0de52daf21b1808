#include "network/optimizer.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "network/pulse_optimizer.hpp"
#include "network/slice_optimizer.hpp"

namespace spinsweep::network {

std::unique_ptr<Optimizer> make_optimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps,
                                          GradientExchange& exchange, const parallel::Communicator& communicator) {
  if (settings.pulsed != nullptr) {
    return std::make_unique<PulseOptimizer>(network, settings, steps, exchange, communicator.rank() == 0);
  }
  return std::make_unique<SliceOptimizer>(network, settings, steps, exchange);
}

double learning_rate(const TrainingSettings& settings, int step, int steps) {
  switch (settings.schedule) {
    case Schedule::constant:
      break;
    case Schedule::cosine:
      return settings.learning_rate * 0.5 * (1.0 + std::cos(std::numbers::pi * step / steps));
    case Schedule::step: {
      constexpr int epochs_of_one_rate = 5;
      const int epoch = step / (steps / settings.epochs);
      return settings.learning_rate * std::pow(0.75, epoch / epochs_of_one_rate);
    }
  }
  return settings.learning_rate;
}

void gather_slices(std::span<const float> own, std::size_t parameters, const parallel::Communicator& communicator,
                   AlignedVector<float>& all) {
  std::vector<int> counts;
  std::vector<int> places;
  for (int rank = 0; rank < communicator.size(); ++rank) {
    const Part slice = GradientExchange::slice_of(parameters, communicator.size(), rank);
    counts.push_back(static_cast<int>(slice.size()));
    places.push_back(static_cast<int>(slice.begin));
  }
  if (communicator.rank() == 0) {
    all.resize(parameters);
  }
  MPI_Gatherv(own.data(), static_cast<int>(own.size()), MPI_FLOAT, all.data(), counts.data(), places.data(), MPI_FLOAT,
              0, communicator.get());
}

}  // namespace spinsweep::network
