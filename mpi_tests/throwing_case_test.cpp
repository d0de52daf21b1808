#include <gtest/gtest.h>

#include <string>

#include "layout/results_schema.hpp"
#include "shared_folder.hpp"
#include "simulation/device_stage.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "study/read_study.hpp"

namespace spinsweep::simulation {
namespace {

/// Runs four cases, the second of which has been given notches that leave no magnetic cell: no sweep file gets so far.
void expect_that_the_second_fails_alone(const std::string& relax) {
  study::Study study = study::parse_study(
      "[synapse]\nlength = 200e-9\nwidth = 100e-9\ncell = 10e-9\nnotches = { count = 1, first = 100e-9 }\ninitial_wall "
      "= { "
      "position = 50e-9, relax = " +
          relax +
          " }\npulse = { relaxation = 0.0 }\noutput = { snapshots = 2 }\n"
          "[synapse.sweep]\n\"pulse.duration\" = [0.1e-9, 0.2e-9, 0.3e-9, 0.4e-9]\n",
      "study.toml");
  const tests::SharedFolder folder;
  const std::string path = folder.file("results.h5");
  if (folder.world().rank() == 0) {
    store::create(path, layout::results_schema(study, {}, 4));
  }
  folder.world().barrier();
  study.devices.front().cases[1].notches.diameter = 1000e-9;
  results::Results results(store::ResultsFile::open_for_writing(path, folder.world()), study, layout::results_table(),
                           folder.world());
  const DeviceOutcome outcome =
      run_device_stage(results.study().weights(), study.run, nullptr, results, folder.world());
  results.file().close();
  EXPECT_EQ(outcome.done, 3);
  ASSERT_EQ(outcome.failures.size(), 1U);
  EXPECT_EQ(outcome.failures[0].name, "synapse case 1: pulse.duration 0.2 ns");
  EXPECT_NE(outcome.failures[0].reason.find("the track has no magnetic cell"), std::string::npos);
}

TEST(ThrowingCase, FailsAloneIfItCannotBeBegun) {
  expect_that_the_second_fails_alone("false");
}

TEST(ThrowingCase, FailsAloneIfItsInitialWallCannotBeMade) {
  expect_that_the_second_fails_alone("true");
}

}  // namespace
}  // namespace spinsweep::simulation
