#include <functional>
#include <memory>
#include <new>
#include <string_view>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "network/trainer.hpp"
#include "parallel/run_together.hpp"
#include "parallel/session.hpp"

using namespace spinsweep;

namespace {

void simulate(const parallel::Communicator& world, const std::function<void()>& between_steps) {
  device::DeviceParameters p = device::default_parameters(device::Kind::neuron);
  p.track = {.length = 200e-9, .width = 64e-9, .thickness = 2e-9, .cell = 2e-9};
  p.detector = {.from = 50e-9, .to = 150e-9};
  p.pulse = {.current_density = 0.3e12, .duration = 0.1e-9, .rest = 0.0};
  const auto mesh = device::make_mesh(p.track);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization,
                                                                  micromagnetics::RowStripes(mesh.ny, world));
  parallel::run_together(world, [&] {
    device::Simulation simulation(p, demag, device::straight_wall(p));
    static_cast<void>(simulation.run(between_steps));
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

}  // namespace

/// lonely_failure device|network memory|error: simulates a case or trains a network on all ranks, the last of which
/// throws in the middle, alone. Ends with 0 only if that went unnoticed.
int main(int argc, char** argv) {
  const parallel::Session session(&argc, &argv);
  const parallel::Communicator world(MPI_COMM_WORLD);
  if (argc != 3) {
    return 2;
  }
  const bool lacks_memory = std::string_view(argv[2]) == "memory";
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
  if (std::string_view(argv[1]) == "network") {
    train(world, between_steps);
  } else {
    simulate(world, between_steps);
  }
  return 0;
}
