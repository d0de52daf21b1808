#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <string>

#include "layout/results_schema.hpp"
#include "shared_folder.hpp"
#include "simulation/device_stage.hpp"
#include "store/case_status.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "study/read_study.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::sweep {
namespace {

using store::CaseStatus;

/// Tracks of 10 x 20 cells; the case of the long pulse has an estimate of a minute, the others of milliseconds.
const std::string sweep_file =
    "[synapse]\nlength = 200e-9\nwidth = 100e-9\ncell = 10e-9\nnotches = { count = 0 }\n"
    "initial_wall = { position = 50e-9, relax = false }\npulse = { relaxation = 0.0 }\noutput = { snapshots = 2 }\n"
    "[synapse.sweep]\n\"pulse.duration\" = [0.1e-9, 20e-6, 0.2e-9, 0.3e-9]\n";
constexpr std::size_t long_case = 1;

std::vector<CaseStatus> status_in(const std::string& path) {
  std::vector<CaseStatus> status;
  for (const auto number : store::ResultsFile::open_for_reading(path).read<std::int8_t>("/synapse/status")) {
    status.push_back(static_cast<CaseStatus>(number));
  }
  return status;
}

simulation::DeviceOutcome run_until(const study::Deadline& deadline, const tests::SharedFolder& folder) {
  study::Study study = study::parse_study(sweep_file, "study.toml");
  study.run.deadline = deadline;
  if (folder.world().rank() == 0) {
    store::create(folder.file("results.h5"), layout::results_schema(study, {}, folder.world().size()));
  }
  folder.world().barrier();
  results::Results results(store::ResultsFile::open_for_writing(folder.file("results.h5"), folder.world()), study,
                           layout::results_table(), folder.world());
  simulation::DeviceOutcome outcome =
      simulation::run_device_stage(results.study().weights(), study.run, nullptr, results, folder.world());
  results.file().close();
  return outcome;
}

TEST(BatchJob, DoesNotBeginACaseThatDoesNotFitInTheTimeLeft) {
  const tests::SharedFolder folder;
  const auto began = study::Deadline::Clock::now() - std::chrono::seconds(3460);
  const simulation::DeviceOutcome outcome = run_until(study::Deadline(3600.0, began), folder);
  EXPECT_EQ(outcome.deferred, 1);
  EXPECT_TRUE(outcome.interrupted) << "there is something left to do";
  std::vector<CaseStatus> expected(4, CaseStatus::done);
  expected[long_case] = CaseStatus::waiting;
  EXPECT_EQ(status_in(folder.file("results.h5")), expected);
}

TEST(BatchJob, RunsTheSharesOfAStudyIntoFilesOfTheirOwn) {
  const tests::SharedFolder folder;
  if (folder.world().rank() == 0) {
    std::ofstream(folder.file("study.toml")) << sweep_file;
  }
  folder.world().barrier();
  RunRequest request;
  request.sweep_file = folder.file("study.toml");
  request.overrides = {R"(synapse.sweep."pulse.duration"=[0.1e-9, 0.2e-9, 0.3e-9])"};
  std::array<std::vector<CaseStatus>, 2> status;
  for (std::size_t index = 0; index < 2; ++index) {
    request.part = {index, 2};
    request.results_file = folder.file(std::to_string(index) + ".h5");
    const RunOutcome outcome = run_study(request, folder.world());
    EXPECT_FALSE(outcome.failures || outcome.interrupted) << outcome.report;
    status[index] = status_in(request.results_file);
  }
  const std::vector<CaseStatus> first = {CaseStatus::done, CaseStatus::waiting, CaseStatus::done};
  const std::vector<CaseStatus> second = {CaseStatus::waiting, CaseStatus::done, CaseStatus::waiting};
  EXPECT_EQ(status[0], first);
  EXPECT_EQ(status[1], second);
}

}  // namespace
}  // namespace spinsweep::sweep
