#include "retention/markov_chain.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "base/constants.hpp"

namespace spinsweep::retention {

namespace {

/// Where an ascending `value` first exceeds `limit`, between two positive numbers, to ten digits.
double crossing(double low, double high, double limit, const std::function<double(double)>& value) {
  while (high / low - 1.0 > 1e-10) {
    const double middle = std::sqrt(low) * std::sqrt(high);
    (value(middle) > limit ? high : low) = middle;
  }
  return low;
}

/// Fraction of devices, evenly distributed over the levels, that are in another state after `time` (s).
double fraction_moved(const Eigen::MatrixXd& rates, std::size_t levels, double time) {
  const Eigen::MatrixXd probabilities = jump_probabilities(rates, time);
  return (probabilities.sum() - probabilities.trace()) / static_cast<double>(levels);
}

}  // namespace

Eigen::MatrixXd jump_rates(const Barriers& barriers, double temperature) {
  const auto levels = static_cast<Eigen::Index>(barriers.levels());
  const Eigen::Index states = levels + (barriers.ways_out ? 2 : 0);
  const double thermal = constants::boltzmann_constant * temperature;
  Eigen::MatrixXd rates = Eigen::MatrixXd::Zero(states, states);
  for (Eigen::Index i = 0; i + 1 < levels; ++i) {
    const auto k = static_cast<std::size_t>(i);
    rates(i, i + 1) = barriers.frequency_forth[k] * std::exp(-barriers.forth[k] / thermal);
    rates(i + 1, i) = barriers.frequency_back[k] * std::exp(-barriers.back[k] / thermal);
  }
  if (barriers.ways_out) {
    const auto rate = [thermal](const WayOut& way) { return way.frequency * std::exp(-way.barrier / thermal); };
    rates(0, levels) = rate(barriers.ways_out->front());
    rates(levels - 1, levels + 1) = rate(barriers.ways_out->back());
  }
  rates.diagonal() = -rates.rowwise().sum();
  return rates;
}

Eigen::MatrixXd jump_probabilities(const Eigen::MatrixXd& rates, double time) {
  const Eigen::Index states = rates.rows();
  const double fastest = -rates.diagonal().minCoeff();
  if (!(fastest * time > 0.0)) {
    return Eigen::MatrixXd::Identity(states, states);
  }
  constexpr double longest = 1e-2;
  const int squarings = std::max(0, std::ilogb(fastest * time / longest) + 1);
  const double mean_jumps = std::ldexp(fastest * time, -squarings);
  // exp(rates t) = sum over n of exp(-x) x^n/n! U^n, U = 1 + rates/fastest, x = fastest t.
  const Eigen::MatrixXd jump = Eigen::MatrixXd::Identity(states, states) + rates / fastest;
  constexpr int terms = 10;
  Eigen::MatrixXd power = std::exp(-mean_jumps) * Eigen::MatrixXd::Identity(states, states);
  Eigen::MatrixXd probabilities = power;
  for (int n = 1; n <= terms; ++n) {
    power = (mean_jumps / n) * power * jump;
    probabilities += power;
  }
  for (int k = 0; k < squarings; ++k) {
    probabilities = (probabilities * probabilities).eval();
    const Eigen::VectorXd sums = probabilities.rowwise().sum();
    probabilities = sums.cwiseInverse().asDiagonal() * probabilities;
  }
  return probabilities;
}

double time_to_move(const Barriers& barriers, double temperature, double fraction) {
  constexpr double shortest = 1e-18;
  constexpr double most_jumps = 1e300;
  const Eigen::MatrixXd rates = jump_rates(barriers, temperature);
  const double longest = most_jumps / std::max(1.0, -rates.diagonal().minCoeff());
  const auto moved = [&](double time) { return fraction_moved(rates, barriers.levels(), time); };
  return moved(longest) > fraction ? crossing(shortest, longest, fraction, moved)
                                   : std::numeric_limits<double>::infinity();
}

double largest_temperature(const Barriers& barriers, double time, double fraction) {
  constexpr double lowest = 0.1;
  constexpr double highest = 1e4;
  const auto moved = [&](double temperature) {
    return fraction_moved(jump_rates(barriers, temperature), barriers.levels(), time);
  };
  if (moved(lowest) > fraction) {
    return 0.0;
  }
  return moved(highest) > fraction ? crossing(lowest, highest, fraction, moved)
                                   : std::numeric_limits<double>::infinity();
}

}  // namespace spinsweep::retention
