#include "retention/markov_chain.hpp"

#include <gtest/gtest.h>

#include <array>
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

TEST(MarkovChain, FindsTheTimeOfLevelsThatAreLostWithinNanoseconds) {
  for (const double height : {0.0, 1.0, 5.0, 12.0}) {
    const std::vector<double> barrier = {height * kt};
    const std::vector<double> tries = {1e11};
    const double expected = -std::log(1.0 - 0.02) / (2.0 * 1e11 * std::exp(-height));
    EXPECT_NEAR(time_to_move({barrier, barrier, tries, tries}, 300.0, 0.01), expected, 1e-8 * expected) << height;
  }
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

TEST(MarkovChainWithWaysOut, DecaysExponentiallyFromItsOnlyLevel) {
  const Barriers barriers{.forth = {},
                          .back = {},
                          .frequency_forth = {},
                          .frequency_back = {},
                          .ways_out = std::array{WayOut{20.0 * kt, 1e9}, WayOut{21.0 * kt, 3e9}}};
  const double left = 1e9 * std::exp(-20.0);
  const double right = 3e9 * std::exp(-21.0);
  const Eigen::MatrixXd rates = jump_rates(barriers, 300.0);
  for (const double time : {0.0, 1e-9, 0.1, 1.0, 10.0}) {
    const Eigen::MatrixXd p = jump_probabilities(rates, time);
    const double kept = std::exp(-(left + right) * time);
    EXPECT_NEAR(p(0, 0), kept, 1e-10 * kept) << time;
    const double lost = -std::expm1(-(left + right) * time);
    EXPECT_NEAR(p(0, 1), left / (left + right) * lost, 1e-10 * lost) << time;
    EXPECT_NEAR(p(0, 2), right / (left + right) * lost, 1e-10 * lost) << time;
  }
  const double expected = -std::log(0.99) / (left + right);
  EXPECT_NEAR(time_to_move(barriers, 300.0, 0.01), expected, 1e-8 * expected);
  EXPECT_NEAR(largest_temperature(barriers, expected, 0.01), 300.0, 1e-5);
}

TEST(MarkovChainWithWaysOut, LeadsOutOfItsFirstAndItsLastLevelAndNeverBack) {
  const std::vector<double> forth = {20.0 * kt, 21.0 * kt};
  const std::vector<double> back = {22.0 * kt, 19.0 * kt};
  Barriers barriers{forth, back, ghz, ghz};
  barriers.ways_out = std::array{WayOut{23.0 * kt, 1e9}, WayOut{18.0 * kt, 1e9}};
  const Eigen::MatrixXd p = jump_probabilities(jump_rates(barriers, 300.0), 0.3);
  for (Eigen::Index state = 0; state < 5; ++state) {
    EXPECT_NEAR(p.row(state).sum(), 1.0, 1e-12) << state;
  }
  EXPECT_GT(p(0, 3), p(1, 3));
  EXPECT_GT(p(1, 3), p(2, 3));
  EXPECT_GT(p(2, 4), p(1, 4));
  EXPECT_GT(p(1, 4), p(0, 4));
  EXPECT_EQ(p(3, 3), 1.0);
  EXPECT_EQ(p(4, 4), 1.0);
  // All devices are lost in the end.
  const Eigen::MatrixXd last = jump_probabilities(jump_rates(barriers, 300.0), 1e9);
  EXPECT_NEAR(last.block(0, 3, 3, 2).sum(), 3.0, 1e-9);
}

TEST(MarkovChainWithWaysOut, IsTheOneWithoutThemIfTheyAreInfinitelyHigh) {
  const std::vector<double> forth = {20.0 * kt};
  const std::vector<double> back = {22.0 * kt};
  const Barriers closed{forth, back, ghz, ghz};
  Barriers open = closed;
  open.ways_out.emplace();
  const Eigen::MatrixXd expected = jump_probabilities(jump_rates(closed, 300.0), 0.1);
  const Eigen::MatrixXd found = jump_probabilities(jump_rates(open, 300.0), 0.1);
  EXPECT_TRUE(found.topLeftCorner(2, 2).isApprox(expected, 1e-14));
  EXPECT_EQ(found.topRightCorner(2, 2).sum(), 0.0);
  EXPECT_NEAR(time_to_move(open, 300.0, 0.01), time_to_move(closed, 300.0, 0.01), 1e-9);
}

}  // namespace
}  // namespace spinsweep::retention
