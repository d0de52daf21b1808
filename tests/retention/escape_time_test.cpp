#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "base/constants.hpp"
#include "device/demag_cache.hpp"
#include "device/kind.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/time_integration.hpp"
#include "retention/attempt_frequencies.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {
namespace {

/// Of the straight line that fits these points best.
double slope_of_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
  double product = 0.0;
  double square = 0.0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    product += (x[k] - mean) * y[k];
    square += (x[k] - mean) * (x[k] - mean);
  }
  return product / square;
}

/// A track of 108 x 24 x 1 nm with two pairs of notches and a field that pushes the wall to the right.
class WeakNotch : public testing::Test {
 protected:
  static device::DeviceParameters track() {
    device::DeviceParameters p;
    for (const device::Kind* kind : device::kinds()) {
      if (kind->derives == device::Derived::levels) {
        p = kind->defaults();
      }
    }
    p.track = {.length = 108e-9, .width = 24e-9, .thickness = 1e-9, .cell = 6e-9};
    p.notches = {.count = 2, .diameter = 10e-9, .first = 36e-9, .pitch = 36e-9};
    p.material.anisotropy = 1.0e6;
    p.material.dmi = 1.5e-3;
    return p;
  }

  micromagnetics::LlgsSystem system_at(double temperature) {
    micromagnetics::Material material = p_.material;
    material.temperature = temperature;
    micromagnetics::LlgsSystem system(material, device::make_mesh(p_), device::make_mask(p_), cache_.get(p_));
    system.set_applied_field({0.0, 0.0, -6e4});
    return system;
  }

  /// When the wall, put into the left notch, arrives at the right one, s.
  double escape_time(const std::vector<Well>& wells, double temperature, std::uint64_t seed) {
    constexpr double interval = 0.1e-9;
    micromagnetics::LlgsSystem system = system_at(temperature);
    micromagnetics::TimeIntegration integration(system, 1e-5, seed);
    integration.set_magnetization(wells[0].m);
    const double arrival = 0.25 * wells[0].position + 0.75 * wells[1].position;
    double time = 0.0;
    while (wall_position(system, p_, integration.magnetization()) < arrival) {
      time += interval;
      integration.advance(time);
    }
    return time;
  }

  tests::Sample escape_times(const std::vector<Well>& wells, double temperature, std::uint64_t runs) {
    tests::Sample sample;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
      sample.add(escape_time(wells, temperature, seed));
    }
    return sample;
  }

  device::DeviceParameters p_ = track();
  device::DemagCache cache_;
};

TEST_F(WeakNotch, IsLeftByTheWallAfterTheTimeOfLangersTheoryAndByArrheniusLaw) {
  micromagnetics::LlgsSystem cold = system_at(0.0);
  const std::vector<Well> wells = find_wells(cold, p_, [] {});
  ASSERT_EQ(wells.size(), 2U);
  const auto path = path_between(cold, p_, wells[0], wells[1], 300, [] {});
  const double barrier = path.barrier_forth() / constants::boltzmann_constant;  // K
  EXPECT_GT(barrier, 4.0 * 300.0);
  EXPECT_LT(barrier, 8.0 * 300.0);
  const double frequency = attempt_frequencies(cold, path).forth;
  constexpr double runs = 200.0;
  std::vector<double> inverse_temperatures;
  std::vector<double> logarithms;
  for (const double temperature : {250.0, 300.0, 400.0}) {
    const tests::Sample times = escape_times(wells, temperature, static_cast<std::uint64_t>(runs));
    const double expected = std::exp(barrier / temperature) / frequency;
    EXPECT_GT(times.mean(), 0.5 * expected) << temperature;
    EXPECT_LT(times.mean(), 2.0 * expected) << temperature;
    // Escapes at random, with a constant rate, have a standard deviation equal to their mean.
    EXPECT_NEAR(times.error() * std::sqrt(runs), times.mean(), 0.3 * times.mean()) << temperature;
    inverse_temperatures.push_back(1.0 / temperature);
    logarithms.push_back(std::log(times.mean()));
    RecordProperty(fmt::format("mean_over_expected_{}_K", temperature), std::to_string(times.mean() / expected));
  }
  const double slope = slope_of_line(inverse_temperatures, logarithms);
  EXPECT_NEAR(slope, barrier, 0.1 * barrier);
  RecordProperty("slope_over_barrier", std::to_string(slope / barrier));
}

}  // namespace
}  // namespace spinsweep::retention
