#include <cstring>
#include <memory>
#include <new>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "parallel/run_together.hpp"
#include "parallel/session.hpp"

using namespace spinsweep;

/// Simulates a case on all ranks, the last of which throws in its middle what the argument says, alone. Ends with 0
/// only if that went unnoticed.
int main(int argc, char** argv) {
  const parallel::Session session(&argc, &argv);
  const parallel::Communicator world(MPI_COMM_WORLD);
  device::DeviceParameters p = device::default_parameters(device::Kind::neuron);
  p.track = {.length = 200e-9, .width = 64e-9, .thickness = 2e-9, .cell = 2e-9};
  p.detector = {.from = 50e-9, .to = 150e-9};
  p.pulse = {.current_density = 0.3e12, .duration = 0.1e-9, .rest = 0.0};
  const auto mesh = device::make_mesh(p.track);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization,
                                                                  micromagnetics::RowStripes(mesh.ny, world));
  int steps = 0;
  parallel::run_together(world, [&] {
    device::Simulation simulation(p, demag, device::straight_wall(p));
    static_cast<void>(simulation.run([&] {
      if (++steps < 5 || world.rank() + 1 < world.size()) {
        return;
      }
      if (argc > 1 && std::strcmp(argv[1], "memory") == 0) {
        throw std::bad_alloc();
      }
      throw EnvironmentError("the disk of this rank is gone");
    }));
  });
  return 0;
}
