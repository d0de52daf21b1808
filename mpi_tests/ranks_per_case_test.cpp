#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "shared_folder.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::sweep {
namespace {

using store::CaseStatus;

const std::string sweep_file =
    "[synapse]\nlength = 400e-9\nwidth = 100e-9\ncell = 5e-9\nnotches = { count = 1 }\n"
    "initial_wall = { position = 100e-9 }\npulse = { duration = 0.1e-9, relaxation = 0.05e-9 }\noutput = { snapshots = "
    "2 }\n"
    "[synapse.sweep]\n\"pulse.current_density\" = [0.3e12, 0.5e12, 0.7e12]\n"
    "[neuron]\nlength = 200e-9\ncell = 2e-9\nmtj.window = { from = 50e-9, to = 150e-9 }\npulse = { duration = 0.1e-9 "
    "}\n"
    "output = { snapshots = 2 }\n[neuron.sweep]\n\"pulse.current_density\" = [0.2e12, 0.4e12]\n";

/// What a study's cases yield.
std::map<std::string, std::vector<double>> results_in(const std::string& path) {
  const auto file = store::ResultsFile::open_for_reading(path);
  std::map<std::string, std::vector<double>> results;
  for (const std::string group : {"/synapse/", "/neuron/"}) {
    for (const std::string name : {"magnetization", "wall_position", "conductance", "energy", "final_position"}) {
      results[group + name] = file.read<double>(group + name);
    }
    const auto snapshots = file.read<float>(group + "snapshot");
    results[group + "snapshot"] = {snapshots.begin(), snapshots.end()};
  }
  return results;
}

class RanksPerCase : public testing::Test {
 protected:
  RanksPerCase() {
    if (folder_.world().rank() == 0) {
      std::ofstream(folder_.file("study.toml")) << sweep_file;
    }
    folder_.world().barrier();
  }

  [[nodiscard]] RunRequest request(const std::string& results, int ranks_per_case) const {
    RunRequest request;
    request.sweep_file = folder_.file("study.toml");
    request.results_file = folder_.file(results);
    request.overrides = {"solver.ranks_per_case=" + std::to_string(ranks_per_case)};
    return request;
  }

  [[nodiscard]] int ranks() const { return folder_.world().size(); }

  tests::SharedFolder folder_;
};

TEST_F(RanksPerCase, ChangeNoResultToTheBit) {
  const RunOutcome alone = run_study(request("1.h5", 1), folder_.world());
  ASSERT_FALSE(alone.failures || alone.interrupted) << alone.report;
  for (int ranks_per_case = 2; ranks_per_case <= ranks(); ++ranks_per_case) {
    const std::string name = std::to_string(ranks_per_case) + ".h5";
    const RunOutcome outcome = run_study(request(name, ranks_per_case), folder_.world());
    EXPECT_FALSE(outcome.failures || outcome.interrupted) << outcome.report;
    EXPECT_EQ(results_in(folder_.file(name)), results_in(folder_.file("1.h5"))) << ranks_per_case;
  }
}

TEST_F(RanksPerCase, StudyStoppedOnOneNumberOfRanksGoesOnOnAnother) {
  const std::vector<std::string> longer = {"neuron.pulse.duration=2e-9", "neuron.pulse.relaxation=0.5e-9"};
  RunRequest whole = request("whole.h5", 1);
  whole.overrides.insert(whole.overrides.end(), longer.begin(), longer.end());
  ASSERT_FALSE(run_study(whole, folder_.world()).interrupted);
  // Only the last rank gets the signal, which is not the root of its group.
  std::thread stopper([this] {
    if (folder_.world().rank() == ranks() - 1) {
      std::this_thread::sleep_for(std::chrono::milliseconds(600));
      kill(getpid(), SIGTERM);
    }
  });
  RunRequest stopped = request("stopped.h5", ranks());
  stopped.overrides.insert(stopped.overrides.end(), longer.begin(), longer.end());
  const RunOutcome first = run_study(stopped, folder_.world());
  stopper.join();
  EXPECT_TRUE(first.interrupted) << "the study was over before it was stopped";
  stopped.overrides.front() = "solver.ranks_per_case=1";
  const RunOutcome second = run_study(stopped, folder_.world());
  EXPECT_FALSE(second.failures || second.interrupted) << second.report;
  EXPECT_EQ(results_in(folder_.file("stopped.h5")), results_in(folder_.file("whole.h5")));
}

TEST_F(RanksPerCase, CaseThatFailsDoesSoOnceForItsGroup) {
  RunRequest limited = request("limited.h5", ranks());
  limited.overrides.emplace_back("solver.time_limit=1e-9");
  const RunOutcome outcome = run_study(limited, folder_.world());
  EXPECT_TRUE(outcome.failures);
  EXPECT_FALSE(outcome.interrupted);
  const auto file = store::ResultsFile::open_for_reading(folder_.file("limited.h5"));
  const std::vector<std::int8_t> failed(3, static_cast<std::int8_t>(CaseStatus::failed));
  EXPECT_EQ(file.read<std::int8_t>("/synapse/status"), failed);
  EXPECT_NE(file.read_text("/synapse/message", 1).find("time limit"), std::string::npos);
  if (folder_.world().rank() == 0) {
    EXPECT_NE(outcome.report.find("0 of 5 cases done, 5 failed"), std::string::npos) << outcome.report;
  }
}

TEST_F(RanksPerCase, MoreThanTheRunHasAreRefusedBeforeAFileIsMade) {
  const RunRequest too_many = request("refused.h5", ranks() + 1);
  EXPECT_THROW((void)run_study(too_many, folder_.world()), InputError);
  folder_.world().barrier();
  EXPECT_FALSE(std::filesystem::exists(too_many.results_file));
}

TEST_F(RanksPerCase, MoreThanATrackHasRowsOfCellsAreRefused) {
  const RunRequest too_many = request("refused.h5", 21);
  try {
    (void)run_study(too_many, folder_.world());
    ADD_FAILURE() << "21 ranks cannot share 20 rows";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("20 rows of cells"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace spinsweep::sweep
