#include "characterization/pulse_statistics.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "characterization/variant_table.hpp"
#include "layout/results_schema.hpp"
#include "simulation/case_table.hpp"
#include "store/temporary_folder.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::characterization {
namespace {

TEST(PulseStatistics, AreThoseOfTheStrongestCurrentOfEitherSign) {
  const store::samples::TemporaryFolder folder;
  sweep::RunRequest request;
  request.sweep_file = folder.file("study.toml");
  request.results_file = folder.file("results.h5");
  std::ofstream(request.sweep_file)
      << "[synapse]\nlength = 120e-9\nwidth = 24e-9\ncell = 4e-9\nnotches.count = 0\n"
         "initial_wall = { position = 60e-9, relax = false }\n"
         "pulse = { duration = 20e-12, relaxation = 10e-12, count = 2, depression = -1 }\n"
         "output = { interval = 10e-12, snapshots = 2 }\n"
         "[synapse.sweep]\n\"pulse.current_density\" = [-0.5e12, -0.1e12]\n";
  const parallel::Communicator world{MPI_COMM_WORLD};
  ASSERT_FALSE(run_study(request, world).failures);
  const auto results = results::Results::open_for_reading(request.results_file, layout::results_table());
  const auto device = results.of(*results.study().weights().base.kind);
  EXPECT_EQ(results[variant_table::pulse_conductance].at(0).first(4),
            device[simulation::case_table::pulse_conductance].at(0).first(4));
  const TrainJumps jumps = jumps_of(results, 0);
  ASSERT_EQ(jumps.decreasing.size(), 2U);
  EXPECT_EQ(jumps.decreasing[0].conductance, device.kept(simulation::case_table::initial_conductance, 0));
}

}  // namespace
}  // namespace spinsweep::characterization
