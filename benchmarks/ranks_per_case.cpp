/// What several ranks per case gain: mpirun -n N build/ranks_per_case [SECONDS] [separate] times tracks of growing
/// size, shared by the N ranks or, with `separate`, one for each of them at the same time. Wall-clock time of the
/// slowest rank, since waiting for the others counts: medians of five, for the fields over as many repetitions as fit
/// in SECONDS (2) if that is more. The run is that from 4 to 24 ps after a pulse edge; the block is one evaluation of
/// the demagnetising field in 96 columns around a wall; FFTW-MPI is its transforms alone for the whole field.

#include <fmt/core.h>
#include <mpi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "fftw_mpi_transforms.hpp"
#include "micromagnetics/time_integration.hpp"
#include "micromagnetics/whole_field.hpp"
#include "parallel/session.hpp"

namespace {

using namespace spinsweep;

/// What a call takes, s.
template <class Work>
double seconds_of(Work work) {
  const double start = MPI_Wtime();
  work();
  return MPI_Wtime() - start;
}

/// Median of the durations that calls of `work` return on the slowest rank, s. Collective.
template <class Work>
double median_seconds(const parallel::Communicator& world, double budget, Work work) {
  std::vector<double> durations;
  double spent = 0.0;
  while (durations.size() < 5 || (spent < budget && durations.size() < 1000)) {
    world.barrier();
    double duration = work();
    MPI_Allreduce(MPI_IN_PLACE, &duration, 1, MPI_DOUBLE, MPI_MAX, world.get());
    durations.push_back(duration);
    spent += duration;
  }
  std::nth_element(durations.begin(), durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2),
                   durations.end());
  return durations[durations.size() / 2];
}

void measure(const parallel::Communicator& world, bool separate, int nx, int ny, double budget) {
  device::DeviceParameters p = device::kind_of<device::Synapse>.defaults();
  p.track.length = nx * p.track.cell;
  p.track.width = ny * p.track.cell;
  p.notches.count = 0;
  p.initial_wall.position = 0.3 * p.track.length;
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  const double start = MPI_Wtime();
  const auto demag = std::make_shared<micromagnetics::DemagField>(
      mesh, p.material.saturation_magnetization,
      separate ? micromagnetics::RowDecomposition(mesh.ny) : micromagnetics::RowDecomposition(mesh.ny, world));
  const double set_up = MPI_Wtime() - start;
  micromagnetics::LlgsSystem system(p.material, mesh, device::make_mask(p), demag);
  const auto m = own_rows(mesh, system.decomposition(), device::straight_wall(p));
  std::vector<double> field(m.size(), 0.0);
  std::vector<double> updated(m.size(), 0.0);
  const double demag_seconds =
      median_seconds(world, budget, [&] { return seconds_of([&] { demag->compute(m, field); }); });
  const int begin = static_cast<int>(0.3 * nx) - 48;
  const double block_seconds = median_seconds(world, budget, [&] {
    return seconds_of([&] { demag->update({begin, begin + 96}, m.data(), m.data(), field.data(), updated.data()); });
  });
  FftwMpiTransforms fftw_mpi(nx, ny, parallel::Communicator(separate ? MPI_COMM_SELF : world.get()));
  const double fftw_mpi_seconds = median_seconds(world, budget, [&] { return seconds_of([&] { fftw_mpi.run(); }); });
  constexpr double first = 4e-12;  // past the short steps at the edge
  constexpr double last = 24e-12;
  const double run_seconds = median_seconds(world, 0.0, [&] {
    micromagnetics::TimeIntegration integration(system, p.tolerance);
    integration.set_magnetization(m);
    integration.set_current_density(p.pulse.current_density);
    integration.advance(first);
    world.barrier();
    return seconds_of([&] { integration.advance(last); });
  });
  if (world.rank() == 0) {
    fmt::print("{:>12}{:>7}{:>9.2f}{:>10.3f}{:>10.3f}{:>10.3f}{:>10.3f}\n", fmt::format("{} x {}", nx, ny),
               world.size(), set_up, 1e3 * demag_seconds, 1e3 * fftw_mpi_seconds, 1e3 * block_seconds,
               run_seconds / (last - first) * 1e-9);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const parallel::Session session(&argc, &argv);
  const parallel::Communicator world(MPI_COMM_WORLD);
  const double budget = argc > 1 ? std::atof(argv[1]) : 2.0;
  const bool separate = argc > 2 && std::string_view(argv[2]) == "separate";
  if (world.rank() == 0) {
    fmt::print("{:>12}{:>7}{:>9}{:>10}{:>10}{:>10}{:>10}\n", "cells", "ranks", "set-up", "field", "FFTW-MPI", "block",
               "run");
    fmt::print("{:>12}{:>7}{:>9}{:>10}{:>10}{:>10}{:>10}\n", "", "", "s", "ms", "ms", "ms", "s per ns");
  }
  for (const auto& [nx, ny] : {std::pair{256, 32}, {500, 50}, {1000, 100}, {2000, 100}, {2000, 200}, {4000, 400}}) {
    measure(world, separate, nx, ny, budget);
  }
}
