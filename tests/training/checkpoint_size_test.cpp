#include <gtest/gtest.h>

#include <algorithm>

#include "device/demag_cache.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "engine/checkpoint_rows.hpp"
#include "network/make_network.hpp"
#include "simulation/checkpoint.hpp"
#include "study/read_study.hpp"
#include "training/network_table.hpp"

namespace spinsweep::training {
namespace {

std::size_t bytes_of(const device::Simulation& simulation) {
  return engine::slot_header_bytes() + simulation::as_object({0.0, simulation.state()}).size();
}

TEST(Checkpoint, OfAsManySamplesAsACaseHasFitsInItsRow) {
  const study::Study study = study::parse_study(
      "[synapse]\nlength = 200e-9\nwidth = 100e-9\ncell = 10e-9\nnotches = { count = 0 }\n"
      "initial_wall = { position = 50e-9, relax = false }\npulse = { duration = 1e-9, relaxation = 0.0 }\n"
      "output = { interval = 5e-14, snapshots = 2 }\n[synapse.sweep]\n\"material.damping\" = [0.3]\n",
      "study.toml");
  const device::DeviceParameters& p = study.weights().cases.front();
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
  EXPECT_LE(largest, simulation::largest_checkpoint_bytes(p));
  EXPECT_GT(largest, 20'000 * sizeof(double) * 10) << "20000 samples are in it";
}

/// Bytes of a row of /network/checkpoint in the results file of networks with these hidden layers.
std::uint64_t training_row_bytes(const std::vector<int>& hidden, const network::DataSetShape& data_set) {
  study::Study study;
  study.network.hidden = hidden;
  study.network.datasets = {"images"};
  const std::vector<network::DataSetShape> data_sets = {data_set};
  return network_table::checkpoint_bytes(
      {.study = study, .data_sets = data_sets, .ranks = 1, .device = study.weights()});
}

TEST(TrainingCheckpoint, HasRoomForEveryParameterOfANetworkOfAnyShape) {
  const network::DataSetShape images{.pixels = 784, .classes = 10, .width = 28, .height = 28, .test_images = 10};
  for (const std::vector<int>& hidden :
       {std::vector<int>{}, {128}, {1}, std::vector<int>(20, 17), std::vector<int>(300, 1), {33, 100, 7}}) {
    const network::Mlp<float> model = make_network({.hidden = hidden}, images, std::vector<double>{1.0});
    // Weights and both moments of Adam.
    const std::uint64_t arrays = 3 * sizeof(float) * model.parameters().size();
    EXPECT_GT(training_row_bytes(hidden, images), engine::slot_header_bytes() + arrays)
        << hidden.size() << " hidden layers";
  }
}

}  // namespace
}  // namespace spinsweep::training
