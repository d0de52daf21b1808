#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <string_view>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "network/trainer.hpp"
#include "parallel/run_collective.hpp"
#include "parallel/session.hpp"

using namespace spinsweep;

namespace {

void simulate(const parallel::Communicator& world, const std::function<void()>& between_steps) {
  device::DeviceParameters p = device::kind_of<device::Neuron>.defaults();
  p.track = {.length = 200e-9, .width = 64e-9, .thickness = 2e-9, .cell = 2e-9};
  p.window = {.from = 50e-9, .to = 150e-9};
  p.pulse = {.current_density = 0.3e12, .duration = 0.1e-9, .relaxation = 0.0};
  const auto mesh = device::make_mesh(p);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization,
                                                                  micromagnetics::RowDecomposition(mesh.ny, world));
  parallel::run_collective(world, [&] {
    device::Simulation simulation(p, demag, device::straight_wall(p));
    static_cast<void>(simulation.run({.after_step = [&](double /*time*/) { between_steps(); }}));
  });
}

void train(const parallel::Communicator& world, const std::function<void()>& between_steps) {
  constexpr int pixels = 9;
  network::ImageSet images{.count = 2000, .height = 3, .width = 3, .images = {}, .labels = {}};
  images.images.assign(static_cast<std::size_t>(images.count * pixels), 100);
  images.labels.assign(static_cast<std::size_t>(images.count), 0);
  const network::TrainingSet data(images);
  network::Mlp<float> network({pixels, 4, 2}, network::Activation({1.0}));
  network.initialize(1);
  network::TrainingSettings settings;
  settings.should_stop = [&] {
    between_steps();
    return false;
  };
  static_cast<void>(network::train(network, data, settings, world));
}

/// Simulates or trains on all ranks, the last of which throws in the middle, alone.
void fail_alone(std::string_view stage, bool lacks_memory) {
  const parallel::Communicator world(MPI_COMM_WORLD);
  int steps = 0;
  const auto between_steps = [&] {
    if (++steps < 5 || world.rank() + 1 < world.size()) {
      return;
    }
    if (lacks_memory) {
      throw std::bad_alloc();
    }
    throw EnvironmentError("the disk of this rank is gone");
  };
  if (stage == "network") {
    train(world, between_steps);
  } else {
    simulate(world, between_steps);
  }
}

}  // namespace

/// lonely_failure device|network memory|error. Ends with 0 only if the failure went unnoticed.
int main(int argc, char** argv) {
  try {
    const parallel::Session session(&argc, &argv);
    if (argc != 3) {
      return 2;
    }
    fail_alone(argv[1], std::string_view(argv[2]) == "memory");
    return 0;
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
