// Idle share of a sweep of 10^5 cases of log-normal cost on 10^4 ranks, by the device stage's own queue in simulation.
#include <fmt/core.h>

#include <cmath>
#include <random>

#include "engine/schedule_simulation.hpp"

namespace {

using spinsweep::engine::Task;

struct Sample {
  std::vector<Task> tasks;
  std::vector<double> actual;
  double longest_over_mean_load = 0.0;
};

/// Costs exp(spread x), estimates off by a factor exp(misjudgement y), x and y normal.
Sample draw(std::size_t cases, std::size_t ranks, double spread, double misjudgement) {
  std::mt19937_64 generator(1);
  std::normal_distribution<double> normal;
  Sample sample;
  double sum = 0.0;
  double longest = 0.0;
  for (std::size_t k = 0; k < cases; ++k) {
    const double cost = std::exp(spread * normal(generator));
    sample.actual.push_back(cost);
    sample.tasks.push_back({k, cost * std::exp(misjudgement * normal(generator)), false, {}});
    sum += cost;
    longest = std::max(longest, cost);
  }
  sample.longest_over_mean_load = longest * static_cast<double>(ranks) / sum;
  return sample;
}

}  // namespace

int main() {
  constexpr std::size_t cases = 100'000;
  constexpr std::size_t ranks = 10'000;
  fmt::print("{} cases of log-normal cost on {} ranks\n", cases, ranks);
  fmt::print("{:>8}{:>14}{:>26}{:>16}{:>22}\n", "spread", "misjudgement", "longest case / mean load", "idle share",
             "plan's order instead");
  for (const double spread : {0.25, 0.5, 0.75, 1.0}) {
    for (const double misjudgement : {0.0, 0.1, 0.3}) {
      const Sample sample = draw(cases, ranks, spread, misjudgement);
      std::vector<Task> unordered = sample.tasks;
      for (Task& task : unordered) {
        task.cost = 0.0;
      }
      fmt::print("{:>8}{:>14}{:>26.2f}{:>14.2f} %{:>20.2f} %\n", spread, misjudgement, sample.longest_over_mean_load,
                 100.0 * spinsweep::engine::simulate_schedule(sample.tasks, sample.actual, ranks).idle_share,
                 100.0 * spinsweep::engine::simulate_schedule(unordered, sample.actual, ranks).idle_share);
    }
  }
  return 0;
}
