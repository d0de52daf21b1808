#include "retention/retention_stage.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <utility>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "layout/results_schema.hpp"
#include "retention/losses.hpp"
#include "retention/retention_table.hpp"
#include "status/describe_plan.hpp"
#include "status/status_report.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::retention {
namespace {

using results::Results;

class RetentionStage : public testing::Test {
 protected:
  /// A small track whose cases take no time. notches: of the pairs of notches but their diameter.
  sweep::RunRequest request(const std::string& notches, const std::string& retention = "") {
    const std::string path = folder_.file("study.toml");
    std::ofstream(path) << "[synapse]\nlength = 160e-9\nwidth = 40e-9\ncell = 5e-9\nnotches = { " << notches
                        << " }\ninitial_wall.relax = false\npulse = { duration = 1e-12, relaxation = 0.0 }\n"
                           "output = { interval = 1e-12, snapshots = 2 }\n"
                           "[synapse.sweep]\n\"notches.diameter\" = [10e-9, 20e-9]\n[retention]\n"
                        << retention;
    sweep::RunRequest request;
    request.sweep_file = path;
    request.results_file = folder_.file("results.h5");
    return request;
  }

  store::samples::TemporaryFolder folder_;
  parallel::Communicator world_{MPI_COMM_WORLD};
};

TEST_F(RetentionStage, FindsThatADeeperNotchHoldsAWallLonger) {
  const sweep::RunRequest study = request("count = 2, first = 50e-9, pitch = 60e-9");
  EXPECT_FALSE(run_study(study, world_).failures);
  (void)run_study(study, world_);  // again: nothing is left to do

  const Results results = Results::open_for_reading(study.results_file, layout::results_table());
  const auto barrier = results[retention_table::smallest_barrier].read();
  EXPECT_GT(barrier[0], 0.0);
  EXPECT_GT(barrier[1], 1.5 * barrier[0]);
  EXPECT_EQ(results[retention_table::wells].read(), (std::vector<std::int32_t>{2, 2}));
  const auto time = results[retention_table::retention_time].read();  // [variant][temperature]
  EXPECT_GT(time[2], time[0]);
  EXPECT_GT(time[0], time[1]);
  const auto thermal = results[retention_table::barrier_forth_thermal].at(0, 0).read();
  EXPECT_NEAR(thermal[0] * constants::boltzmann_constant * 300.0,
              results[retention_table::barrier_forth].at(0).read()[0], 1e-25);
  // The pair is symmetric about the middle of the track.
  EXPECT_NEAR(results[retention_table::saddle_energy].at(0).read()[0], barrier[0], 1e-3 * barrier[0]);

  const auto stages = status::report_status(results, false).stages;
  EXPECT_EQ(stages.back().name, "retention");
  EXPECT_EQ(stages.back().done, 2U);
  EXPECT_THAT(status::describe(results.study()), testing::HasSubstr(" for retention"));
}

TEST_F(RetentionStage, FailsWhereThereIsOnlyOneLevelAndTriesAgainOnlyIfAsked) {
  sweep::RunRequest study = request("count = 1, first = 80e-9", "ends = \"closed\"\n");
  const sweep::RunOutcome outcome = run_study(study, world_);
  EXPECT_TRUE(outcome.failures);
  EXPECT_THAT(outcome.report, testing::HasSubstr("a wall stays in 1 of 1 notch"));
  EXPECT_FALSE(run_study(study, world_).failures);
  study.retry_failed = true;
  EXPECT_TRUE(run_study(study, world_).failures);
}

TEST_F(RetentionStage, FindsHowLongTheWallOfATrackWithOneNotchStaysOnIt) {
  const sweep::RunRequest study = request("count = 1, first = 80e-9");
  EXPECT_FALSE(run_study(study, world_).failures);
  const Results results = Results::open_for_reading(study.results_file, layout::results_table());
  EXPECT_EQ(results[retention_table::wells].read(), (std::vector<std::int32_t>{1, 1}));
  const auto barrier = results[retention_table::loss_barrier].at(1).read();
  const auto frequency = results[retention_table::loss_attempt_frequency].at(1).read();
  EXPECT_GT(barrier[0], 0.0);
  EXPECT_EQ(barrier[0], barrier[1]);  // of a track that is its own mirror image
  EXPECT_EQ(results[retention_table::smallest_barrier].at(1).value(), barrier[0]);
  const double thermal = constants::boltzmann_constant * 358.0;
  const double rate = (frequency[0] + frequency[1]) * std::exp(-barrier[0] / thermal);
  for (const std::uint64_t moment : {0U, 1U, 2U, 3U, 4U}) {
    const double time = results[retention_table::time_value].read()[moment];
    const double kept = results[retention_table::level_probability].at(1, 1, moment, 0).first(1)[0];
    const auto lost = results[retention_table::loss_probability].at(1, 1, moment, 0).read();
    EXPECT_NEAR(kept, std::exp(-rate * time), 1e-9) << time;
    EXPECT_NEAR(kept + lost[0] + lost[1], 1.0, 1e-12) << time;
  }
  const double expected = -std::log(0.99) / rate;
  EXPECT_NEAR(results[retention_table::retention_time].at(1, 1).value(), expected, 1e-6 * expected);
}

TEST_F(RetentionStage, CountsLossesOfTheWallUnlessTheEndsAreClosed) {
  const auto of_ends = [this](const std::string& ends) {
    sweep::RunRequest study = request("count = 2, first = 50e-9, pitch = 60e-9", "ends = \"" + ends + "\"\n");
    study.force = true;
    EXPECT_FALSE(run_study(study, world_).failures);
    return Results::open_for_reading(study.results_file, layout::results_table());
  };
  std::vector<double> barriers;
  for (const auto& [ends, path] : {std::pair("open", LossPath::found), {"closed", LossPath::closed}}) {
    const Results results = of_ends(ends);
    const auto barrier = results[retention_table::barrier_forth].at(0).read();
    barriers.insert(barriers.end(), barrier.begin(), barrier.end());
    EXPECT_EQ(results[retention_table::loss_path].read(), std::vector<std::int8_t>(4, static_cast<std::int8_t>(path)));
    EXPECT_EQ(std::isnan(results[retention_table::loss_barrier].at(0, 0).value()), path == LossPath::closed);
    const auto kept = results[retention_table::level_probability].at(0, 1, 4).read();
    const auto lost = results[retention_table::loss_probability].at(0, 1, 4).read();
    for (std::size_t level = 0; level < 2; ++level) {
      EXPECT_NEAR(kept[2 * level] + kept[2 * level + 1] + lost[2 * level] + lost[2 * level + 1], 1.0, 1e-12);
    }
    EXPECT_EQ(lost[0] > 0.0, path == LossPath::found);
  }
  EXPECT_EQ(barriers[0], barriers[1]);
}

TEST_F(RetentionStage, FindsThatAWallSlidesOutOfNotchesInAStrongField) {
  sweep::RunRequest study = request("count = 2, first = 50e-9, pitch = 60e-9");
  study.overrides = {"synapse.applied_field.z=-2e5"};
  const sweep::RunOutcome outcome = run_study(study, world_);
  EXPECT_TRUE(outcome.failures);
  EXPECT_THAT(outcome.report, testing::HasSubstr("a wall stays in 0 of 2 notches"));
  const Results results = Results::open_for_reading(study.results_file, layout::results_table());
  EXPECT_EQ(results.file().read_text("/retention/message", 0), "a wall stays in 0 of 2 notches");
}

TEST_F(RetentionStage, FindsTheSameInAMirroredTrackAsInOneWithoutSymmetry) {
  const auto of_study = [this](const std::string& notches, const results::Variable<double>& variable) {
    sweep::RunRequest study = request(notches);
    study.force = true;
    EXPECT_FALSE(run_study(study, world_).failures);
    return Results::open_for_reading(study.results_file, layout::results_table())[variable].at(0).read();
  };
  // Symmetric: the second path is the first one's mirror image. The other track is a cell away from that.
  const std::string symmetric = "count = 3, first = 40e-9, pitch = 40e-9";
  const std::string shifted = "count = 3, first = 35e-9, pitch = 40e-9";
  const auto forth = of_study(symmetric, retention_table::barrier_forth);
  const auto back = of_study(symmetric, retention_table::barrier_back);
  EXPECT_EQ(forth[0], back[1]);
  EXPECT_EQ(forth[1], back[0]);
  const auto of_shifted = of_study(shifted, retention_table::barrier_forth);
  EXPECT_NE(of_shifted[0], forth[0]);
  EXPECT_NEAR(of_shifted[1], forth[1], 0.2 * forth[1]);
}

TEST_F(RetentionStage, RefusesATemperatureOfZeroATimeOfZeroANegativeFrequencyAndEndsThatAreAjar) {
  for (const std::string wrong :
       {"temperatures = [300, 0]\n", "times = [0]\n", "attempt_frequency = -1.0\n", "ends = \"ajar\"\n"}) {
    EXPECT_THROW((void)run_study(request("count = 2, first = 50e-9, pitch = 60e-9", wrong), world_), InputError)
        << wrong;
  }
}

TEST(SimulatedRetention, NeedsTimesAndDeviceSamples) {
  const std::string study =
      "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n[synapse]\n[network]\n"
      "retention = \"simulated\"\n";
  for (const auto& [more, problem] :
       {std::pair<std::string, std::string>{"device_samples = 1\n", "section [retention]"},
        {"[retention]\n", "network.device_samples > 0"}}) {
    try {
      (void)study::parse_study(study + more, "study.toml");
      ADD_FAILURE() << more;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr(problem));
      EXPECT_THAT(error.what(), testing::HasSubstr("study.toml:6:"));
    }
  }
  EXPECT_NO_THROW((void)study::parse_study(study + "device_samples = 1\n[retention]\n", "study.toml"));
}

}  // namespace
}  // namespace spinsweep::retention
