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

}  // namespace

Eigen::MatrixXd jump_rates(const Barriers& barriers, double temperature) {
  const auto levels = static_cast<Eigen::Index>(barriers.forth.size()) + 1;
  const double thermal = constants::boltzmann_constant * temperature;
  Eigen::MatrixXd rates = Eigen::MatrixXd::Zero(levels, levels);
  for (Eigen::Index i = 0; i + 1 < levels; ++i) {
    const auto k = static_cast<std::size_t>(i);
    rates(i, i + 1) = barriers.frequency_forth[k] * std::exp(-barriers.forth[k] / thermal);
    rates(i + 1, i) = barriers.frequency_back[k] * std::exp(-barriers.back[k] / thermal);
  }
  rates.diagonal() = -rates.rowwise().sum();
  return rates;
}

Eigen::MatrixXd jump_probabilities(const Eigen::MatrixXd& rates, double time) {
  const Eigen::Index levels = rates.rows();
  const double fastest = -rates.diagonal().minCoeff();
  if (!(fastest * time > 0.0)) {
    return Eigen::MatrixXd::Identity(levels, levels);
  }
  constexpr double longest = 1e-2;
  const int squarings = std::max(0, std::ilogb(fastest * time / longest) + 1);
  const double mean_jumps = std::ldexp(fastest * time, -squarings);
  // exp(rates t) = sum over n of exp(-x) x^n/n! U^n, U = 1 + rates/fastest, x = fastest t.
  const Eigen::MatrixXd jump = Eigen::MatrixXd::Identity(levels, levels) + rates / fastest;
  constexpr int terms = 10;
  Eigen::MatrixXd power = std::exp(-mean_jumps) * Eigen::MatrixXd::Identity(levels, levels);
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

double fraction_moved(const Eigen::MatrixXd& rates, double time) {
  const Eigen::MatrixXd probabilities = jump_probabilities(rates, time);
  return (probabilities.sum() - probabilities.trace()) / static_cast<double>(rates.rows());
}

double time_to_move(const Barriers& barriers, double temperature, double fraction) {
  constexpr double shortest = 1e-12;
  constexpr double longest = 1e300;
  const Eigen::MatrixXd rates = jump_rates(barriers, temperature);
  const auto moved = [&rates](double time) { return fraction_moved(rates, time); };
  return moved(longest) > fraction ? crossing(shortest, longest, fraction, moved)
                                   : std::numeric_limits<double>::infinity();
}

double largest_temperature(const Barriers& barriers, double time, double fraction) {
  constexpr double lowest = 0.1;
  constexpr double highest = 1e4;
  const auto moved = [&](double temperature) { return fraction_moved(jump_rates(barriers, temperature), time); };
  if (moved(lowest) > fraction) {
    return 0.0;
  }
  return moved(highest) > fraction ? crossing(lowest, highest, fraction, moved)
                                   : std::numeric_limits<double>::infinity();
}

}  // namespace spinsweep::retention
