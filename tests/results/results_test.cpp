#include "results/results.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "base/error.hpp"
#include "characterization/variant_table.hpp"
#include "layout/results_schema.hpp"
#include "simulation/case_table.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"

namespace spinsweep::results {
namespace {

namespace case_table = simulation::case_table;
using store::CaseStatus;
using testing::ElementsAre;

constexpr const auto& synapse = device::kind_of<device::Synapse>;

class ResultsOfTwoCases : public testing::Test {
 protected:
  Results open_for_writing() {
    return {store::ResultsFile::open_for_writing(path_, world_), study_, layout::results_table(), world_};
  }

  store::samples::TemporaryFolder folder_;
  parallel::Communicator world_{MPI_COMM_WORLD};
  std::string path_ = folder_.file("results.h5");
  study::Study study_ = study::parse_study(
      "[synapse]\ncell = 50e-9\nnotches = { count = 1 }\n[synapse.sweep]\n\"pulse.current_density\" = "
      "{ bisect = \"first_depinning\", from = 1e11, to = 4e11, tolerance = 2e11 }\n",
      "study.toml");

  ResultsOfTwoCases() { store::create(path_, layout::results_schema(study_, {}, 1)); }
};

TEST_F(ResultsOfTwoCases, ReadsWhatWasWrittenThroughTheSameDeclaration) {
  Results results = open_for_writing();
  auto cells = results.of(synapse)[case_table::magnetization].at(1);
  cells.write(std::vector{1.0, 2.0, 3.0, 4.0, 5.0, 6.0});
  EXPECT_THAT(cells.first(2), ElementsAre(1.0, 2.0, 3.0, 4.0, 5.0, 6.0));
  EXPECT_THAT(cells.at(1).read(), ElementsAre(4.0, 5.0, 6.0));
  EXPECT_EQ(cells.at(1, 2).value(), 6.0);
  results[characterization::variant_table::levels].at(0).write(3);
  EXPECT_EQ(results[characterization::variant_table::levels].at(0).value(), 3);
}

TEST_F(ResultsOfTwoCases, RefusesAnIndexBeyondTheVariable) {
  Results results = open_for_writing();
  EXPECT_THROW((void)results.of(synapse)[case_table::final_position].at(99).value(), EnvironmentError);
  EXPECT_THROW(results.of(synapse)[case_table::final_position].at(99).write(1.0), EnvironmentError);
  EXPECT_THROW((void)results.of(synapse)[case_table::final_position].at(0, 0).value(), EnvironmentError);
}

TEST_F(ResultsOfTwoCases, KnowsWhatItHasWrittenWithoutReadingTheFile) {
  Results results = open_for_writing();
  auto device = results.of(synapse);
  device[case_table::final_position].at(1).write(2e-7);
  device[case_table::message].at(0).write_text("diverged");
  device[case_table::status].at(1).commit(CaseStatus::done);
  // Nothing is left to be read.
  results.file().close();
  EXPECT_EQ(device.kept(case_table::final_position, 1), 2e-7);
  EXPECT_EQ(device.kept_text(case_table::message, 0), "diverged");
  EXPECT_EQ(device.statuses(case_table::status)[1], CaseStatus::done);
}

TEST_F(ResultsOfTwoCases, RefusesToRememberWhatIsNotDeclaredAsKept) {
  Results results = open_for_writing();
  EXPECT_THROW((void)results.of(synapse).kept(case_table::wall_time, 0), Error);
}

TEST_F(ResultsOfTwoCases, HaveTheCurrentDensityThatABisectionFoundInTheirPlan) {
  {
    Results results = open_for_writing();
    EXPECT_TRUE(std::isnan(results.plan(synapse).cases.back().pulse.current_density));
    const std::size_t last = results.plan(synapse).cases.size() - 1;
    results.of(synapse).current_densities().at(last).write(2.5e11);
    results.share(world_);
    EXPECT_EQ(results.plan(synapse).cases.back().pulse.current_density, 2.5e11);
    results.file().close();
  }
  const Results results = Results::open_for_reading(path_, layout::results_table());
  EXPECT_EQ(results.plan(synapse).cases.back().pulse.current_density, 2.5e11);
}

TEST_F(ResultsOfTwoCases, GiveBackCasesThatAKilledRunLeftRunning) {
  {
    Results results = open_for_writing();
    results.of(synapse)[case_table::status].at(0).mark(CaseStatus::running);
    results.of(synapse)[case_table::status].at(1).mark(CaseStatus::done);
    results.file().close();
  }
  Results results = open_for_writing();
  results.reset_orphans(world_);
  const auto status = results.of(synapse).statuses(case_table::status);
  EXPECT_EQ(status[0], CaseStatus::interrupted);
  EXPECT_EQ(status[1], CaseStatus::done);
  EXPECT_TRUE(is(results.of(synapse)[case_table::status].at(0).value(), CaseStatus::interrupted));
}

}  // namespace
}  // namespace spinsweep::results
