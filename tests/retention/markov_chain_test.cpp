#include "retention/markov_chain.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/constants.hpp"

namespace spinsweep::retention {
namespace {

constexpr double kt = constants::boltzmann_constant * 300.0;
const std::vector<double> ghz = {1e9, 1e9};

TEST(MarkovChain, OfTwoLevelsRelaxesExponentiallyToTheBoltzmannDistribution) {
  const std::vector<double> forth = {20.0 * kt};
  const std::vector<double> back = {22.0 * kt};
  const Eigen::MatrixXd rates = jump_rates({forth, back, ghz, ghz}, 300.0);
  const double up = 1e9 * std::exp(-20.0);
  const double down = 1e9 * std::exp(-22.0);
  for (const double time : {0.0, 1e-9, 0.1, 1.0, 1e3}) {
    const double expected = up / (up + down) * -std::expm1(-(up + down) * time);
    EXPECT_NEAR(jump_probabilities(rates, time)(0, 1), expected, 1e-10 * expected) << time;
  }
}

TEST(MarkovChain, KeepsProbabilitiesFarBelowTheMachinesPrecision) {
  // Two fast jumps to and fro, and one that takes 1e30 times longer.
  const std::vector<double> forth = {5.0 * kt, 100.0 * kt};
  const std::vector<double> back = {5.0 * kt, 100.0 * kt};
  const Eigen::MatrixXd p = jump_probabilities(jump_rates({forth, back, ghz, ghz}, 300.0), 1e6);
  EXPECT_NEAR(p(0, 0), 0.5, 1e-9);
  // Half of the time next to the barrier.
  const double expected = 0.5 * 1e9 * std::exp(-100.0) * 1e6;
  EXPECT_NEAR(p(0, 2), expected, 1e-6 * expected);
  EXPECT_NEAR(p(2, 2), 1.0, 1e-9);
}

TEST(MarkovChain, LosesOnePercentWhenArrheniusLawSaysSo) {
  const std::vector<double> barrier = {45.0 * kt};
  const Barriers barriers{barrier, barrier, ghz, ghz};
  // Both levels: p = (1 - exp(-2 k t))/2.
  const double rate = 1e9 * std::exp(-45.0);
  const double expected = -std::log(1.0 - 0.02) / (2.0 * rate);
  EXPECT_NEAR(time_to_move(barriers, 300.0, 0.01), expected, 1e-8 * expected);
  const double temperature = largest_temperature(barriers, expected, 0.01);
  EXPECT_NEAR(temperature, 300.0, 1e-5);
}

TEST(MarkovChain, TriesEveryBarrierAsOftenAsItsFrequencySays) {
  const std::vector<double> barriers = {20.0 * kt, 20.0 * kt};
  const std::vector<double> forth = {1e9, 2e9};
  const std::vector<double> back = {3e9, 4e9};
  const Eigen::MatrixXd rates = jump_rates({barriers, barriers, forth, back}, 300.0);
  const double factor = std::exp(-20.0);
  EXPECT_NEAR(rates(0, 1), 1e9 * factor, 1e-9 * rates(0, 1));
  EXPECT_NEAR(rates(1, 2), 2e9 * factor, 1e-9 * rates(1, 2));
  EXPECT_NEAR(rates(1, 0), 3e9 * factor, 1e-9 * rates(1, 0));
  EXPECT_NEAR(rates(2, 1), 4e9 * factor, 1e-9 * rates(2, 1));
  EXPECT_NEAR(rates(1, 1), -(2e9 + 3e9) * factor, 1e-9 * 5e9 * factor);
}

TEST(MarkovChain, HasNoTemperatureAtWhichItKeepsALevelWithoutABarrier) {
  const std::vector<double> none = {0.0};
  EXPECT_EQ(largest_temperature({none, none, ghz, ghz}, 1.0, 0.01), 0.0);
}

}  // namespace
}  // namespace spinsweep::retention
