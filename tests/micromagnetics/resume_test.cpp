#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// A wall in a short track, pushed by a current.
class Track {
 public:
  Track() : demag_(std::make_shared<DemagField>(mesh_, 1.1e6)), system_({}, mesh_, Mask(mesh_.cells(), 1), demag_) {}

  [[nodiscard]] LlgsSystem& system() { return system_; }

  [[nodiscard]] std::vector<double> wall() const {
    const FieldLayout layout(mesh_);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        const double u = (mesh_.x(i) - 60e-9) / 10e-9;
        m[layout.index(i, j)] = 1.0 / std::cosh(u);
        m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
      }
    }
    return m;
  }

 private:
  Mesh mesh_{40, 8, 4e-9, 4e-9, 2e-9};
  std::shared_ptr<DemagField> demag_;
  LlgsSystem system_;
};

constexpr double tolerance = 1e-5;
constexpr double end = 50e-12;

void start(TimeIntegration& integration, const Track& track) {
  integration.set_magnetization(track.wall());
  integration.set_current_density(0.5e12);
}

std::vector<double> uninterrupted() {
  Track track;
  TimeIntegration integration(track.system(), tolerance);
  start(integration, track);
  integration.advance(end);
  const auto m = integration.magnetization();
  return {m.begin(), m.end()};
}

TEST(ResumedIntegration, EndsBitIdenticalWhereverItWasStopped) {
  const std::vector<double> wanted = uninterrupted();
  for (const int steps : {1, 2, 3, 7, 20}) {
    IntegrationState state;
    {
      Track track;
      TimeIntegration integration(track.system(), tolerance);
      start(integration, track);
      int taken = 0;
      integration.observe([&] { return ++taken == steps; });
      ASSERT_FALSE(integration.advance(end));
      state = integration.state();
    }
    Track track;
    TimeIntegration resumed(track.system(), tolerance);
    resumed.restore(state);
    ASSERT_TRUE(resumed.advance(end));
    EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(), resumed.magnetization().begin())) << "after " << steps;
  }
}

TEST(ResumedIntegration, ContinuesInTheSameObjectAsIfItHadNotBeenStopped) {
  Track track;
  TimeIntegration integration(track.system(), tolerance);
  start(integration, track);
  integration.observe([] { return true; });
  int stops = 0;
  while (!integration.advance(end)) {
    ++stops;
  }
  EXPECT_GT(stops, 10);
  const std::vector<double> wanted = uninterrupted();
  EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(), integration.magnetization().begin()));
}

TEST(InterruptedIntegration, PassesOnWhatTheObserverThrows) {
  Track track;
  TimeIntegration integration(track.system(), tolerance);
  start(integration, track);
  integration.observe([]() -> bool { throw std::runtime_error("enough"); });
  EXPECT_THROW(integration.advance(end), std::runtime_error);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
