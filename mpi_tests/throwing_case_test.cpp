#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <string>

#include "store/case_status.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "study/read_study.hpp"
#include "sweep/device_stage.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {
namespace {

/// A results file that all ranks use, gone at the end.
class SharedFile {
 public:
  explicit SharedFile(const store::Schema& schema) {
    std::array<char, 64> folder = {};
    if (world_.rank() == 0) {
      const std::string pattern = "/tmp/spinsweep_test_XXXXXX";
      pattern.copy(folder.data(), folder.size() - 1);
      EXPECT_NE(mkdtemp(folder.data()), nullptr);
      store::create(std::string(folder.data()) + "/results.h5", schema);
    }
    MPI_Bcast(folder.data(), folder.size(), MPI_CHAR, 0, world_.get());
    folder_ = folder.data();
  }
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;
  SharedFile(SharedFile&&) = delete;
  SharedFile& operator=(SharedFile&&) = delete;
  ~SharedFile() {
    world_.barrier();
    if (world_.rank() == 0) {
      std::filesystem::remove_all(folder_);
    }
  }

  [[nodiscard]] std::string path() const { return folder_ + "/results.h5"; }
  [[nodiscard]] const parallel::Communicator& world() const { return world_; }

 private:
  parallel::Communicator world_{MPI_COMM_WORLD};
  std::string folder_;
};

/// Runs four cases, the second of which has been given notches that leave no magnetic cell: no sweep file gets so far.
void expect_that_the_second_fails_alone(const std::string& relax) {
  study::Study study = study::parse_study(
      "[synapse]\nlength = 200e-9\nwidth = 100e-9\ncell = 10e-9\nnotches = { count = 1, first = 100e-9 }\nwall = { "
      "position = 50e-9, relax = " +
          relax +
          " }\npulse = { rest = 0.0 }\noutput = { snapshots = 2 }\n"
          "[synapse.sweep]\n\"pulse.duration\" = [0.1e-9, 0.2e-9, 0.3e-9, 0.4e-9]\n",
      "study.toml");
  const SharedFile results(results_schema(study, {}, 4));
  study.synapse.cases[1].notches.diameter = 1000e-9;
  auto file = store::ResultsFile::open_for_writing(results.path(), results.world());
  const StageOutcome outcome = run_device_stage(study.synapse, study.run, nullptr, file, results.world());
  file.close();
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
}  // namespace spinsweep::sweep
