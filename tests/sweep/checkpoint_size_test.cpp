#include <gtest/gtest.h>

#include <algorithm>

#include "device/demag_cache.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "study/read_study.hpp"
#include "sweep/checkpoint.hpp"

namespace spinsweep::sweep {
namespace {

std::size_t bytes_of(const device::Simulation& simulation) {
  return slot_header_bytes() + as_object({0.0, simulation.state()}).size();
}

TEST(Checkpoint, OfAsManySamplesAsACaseHasFitsInItsRow) {
  const study::Study study = study::parse_study(
      "[synapse]\nlength = 200e-9\nwidth = 100e-9\ncell = 10e-9\nnotches = { count = 0 }\n"
      "initial_wall = { position = 50e-9, relax = false }\npulse = { duration = 1e-9, relaxation = 0.0 }\n"
      "output = { interval = 5e-14, snapshots = 2 }\n[synapse.sweep]\n\"material.damping\" = [0.3]\n",
      "study.toml");
  const device::DeviceParameters& p = study.synapse.cases.front();
  device::DemagCache cache;
  device::Simulation simulation(p, cache.get(p), device::initial_state(p, cache.get(p)));
  std::size_t largest = 0;
  int steps = 0;
  static_cast<void>(simulation.run([&] {
    if (++steps % 100 == 0) {
      largest = std::max(largest, bytes_of(simulation));
    }
  }));
  const std::size_t at_the_end = bytes_of(simulation);
  largest = std::max(largest, at_the_end);
  EXPECT_LE(largest, largest_checkpoint_bytes(p));
  EXPECT_GT(largest, 20'000 * sizeof(double) * 10) << "20000 samples are in it";
}

}  // namespace
}  // namespace spinsweep::sweep
