#include "micromagnetics/active_columns.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

std::vector<double> rates_with(int nx, int begin, int end) {
  std::vector<double> rates(static_cast<std::size_t>(nx), 0.0);
  std::fill(rates.begin() + begin, rates.begin() + end, 2.0);
  return rates;
}

TEST(ActiveColumns, HoldEveryMovingColumnAndAMarginWhereverItLies) {
  constexpr int nx = 500;
  for (int begin = 0; begin < nx; ++begin) {
    for (const int width : {1, 7, 40, 150}) {
      const int end = std::min(nx, begin + width);
      const Columns active = active_columns(rates_with(nx, begin, end), 1.0);
      EXPECT_LE(active.begin, std::max(0, begin - active_margin));
      EXPECT_GE(active.end, std::min(nx, end + active_margin));
      EXPECT_GE(active.begin, 0);
      EXPECT_LE(active.end, nx);
      EXPECT_EQ(active.count() % 32, 0);
    }
  }
}

TEST(ActiveColumns, AreNoneWhereNothingMovesAndAllWhereMostMoves) {
  EXPECT_TRUE(active_columns(rates_with(500, 10, 10), 1.0).empty());
  EXPECT_EQ(active_columns(rates_with(500, 0, 400), 1.0), (Columns{0, 500}));
  EXPECT_EQ(active_columns(rates_with(20, 3, 4), 1.0), (Columns{0, 20}));
}

TEST(ActiveColumns, HaveABorderOnlyInsideTheMesh) {
  EXPECT_TRUE(border_moves(rates_with(100, 32, 33), 1.0, {32, 64}));
  EXPECT_TRUE(border_moves(rates_with(100, 63, 64), 1.0, {32, 64}));
  EXPECT_FALSE(border_moves(rates_with(100, 40, 50), 1.0, {32, 64}));
  EXPECT_FALSE(border_moves(rates_with(100, 0, 1), 1.0, {0, 32}));
}

/// A wall in a track much longer than the wall is wide, under a current and then without it.
class LongTrack : public testing::Test {
 protected:
  static constexpr double pulse = 0.4e-9;
  static constexpr double end = 1.5e-9;

  LongTrack() {
    parameters_.track = {.length = 1200e-9, .width = 32e-9, .thickness = 2e-9, .cell = 4e-9};
    parameters_.notches = {.count = 1, .diameter = 16e-9, .first = 340e-9, .pitch = {}};
    parameters_.initial_wall.position = 300e-9;
    mesh_ = device::make_mesh(parameters_);
    demag_ = std::make_shared<DemagField>(mesh_, parameters_.material.saturation_magnetization);
  }

  /// Runs to the end, stopping after `steps` steps to resume in new objects from the saved state.
  std::vector<double> run(int steps, StepCounts& counts) {
    IntegrationState state;
    bool restored = false;
    int taken = 0;
    for (;;) {
      LlgsSystem system(parameters_.material, mesh_, device::make_mask(parameters_), demag_);
      TimeIntegration integration(system, 1e-5);
      if (restored) {
        integration.restore(state);
      } else {
        integration.set_magnetization(device::straight_wall(parameters_));
        integration.set_current_density(0.4e12);
      }
      integration.observe([&] { return ++taken == steps; });
      bool whole = integration.time() >= pulse || integration.advance(pulse);
      if (whole) {
        integration.set_current_density(0.0);
        whole = integration.advance(end);
      }
      if (whole) {
        counts = integration.counts();
        const auto m = integration.magnetization();
        return {m.begin(), m.end()};
      }
      state = integration.state();
      restored = true;
    }
  }

  device::DeviceParameters parameters_;
  Mesh mesh_;
  std::shared_ptr<DemagField> demag_;
};

TEST_F(LongTrack, MovesInFewOfItsColumnsAndResumesToTheBitWhereverItWasStopped) {
  StepCounts counts;
  const std::vector<double> wanted = run(-1, counts);
  EXPECT_LT(counts.active_columns, counts.local_evaluations * mesh_.nx * 7 / 10);
  EXPECT_LT(counts.whole_demag_evaluations, counts.demag_evaluations * 7 / 10);
  const auto steps = static_cast<int>(counts.steps);
  for (const int stop : {steps / 5, steps / 3, steps / 2, 2 * steps / 3, steps - 2}) {
    StepCounts again;
    EXPECT_EQ(run(stop, again), wanted) << "stopped after " << stop << " of " << steps << " steps";
    EXPECT_EQ(again.demag_evaluations, counts.demag_evaluations);
  }
}

}  // namespace
}  // namespace spinsweep::micromagnetics
