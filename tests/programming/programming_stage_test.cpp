#include "programming/programming_stage.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "base/error.hpp"
#include "layout/results_schema.hpp"
#include "programming/programming_table.hpp"
#include "programming/warnings.hpp"
#include "status/describe_plan.hpp"
#include "status/status_report.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::programming {
namespace {

namespace table = programming_table;
using results::Results;

class ProgrammingStage : public testing::Test {
 protected:
  /// A short track whose wall is reset to the first of its notches.
  sweep::RunRequest request(const std::string& programming, const std::string& temperature = "300.0",
                            const std::string& notches = "count = 2, first = 50e-9, pitch = 60e-9") {
    const std::string path = folder_.file("study.toml");
    std::ofstream(path) << "[material]\nanisotropy = 1.0e6\ndamping = 0.6\ntemperature = " << temperature
                        << "\n[synapse]\nlength = 160e-9\nwidth = 40e-9\ncell = 5e-9\nnotches = { diameter = 10e-9, "
                        << notches
                        << " }\ninitial_wall.position = 50e-9\n"
                           "pulse = { current_density = 1.0e12, duration = 0.4e-9, relaxation = 0.4e-9 }\n"
                           "output = { interval = 0.4e-9, snapshots = 2 }\n"
                           "[programming]\namplitude_tolerance = 0.1e12\n"
                        << programming;
    sweep::RunRequest request;
    request.sweep_file = path;
    request.results_file = folder_.file("results.h5");
    return request;
  }

  Results run(const sweep::RunRequest& request) {
    const sweep::RunOutcome outcome = run_study(request, world_);
    EXPECT_FALSE(outcome.failures) << outcome.report;
    return Results::open_for_reading(request.results_file, layout::results_table());
  }

  std::string failure_of(const sweep::RunRequest& request) {
    const sweep::RunOutcome outcome = run_study(request, world_);
    EXPECT_TRUE(outcome.failures);
    return outcome.report;
  }

  store::samples::TemporaryFolder folder_;
  std::ostringstream messages_;
  parallel::Communicator world_{MPI_COMM_WORLD};
};

TEST_F(ProgrammingStage, FindsTheAmplitudeThatPutsTheWallOnEachLevel) {
  const sweep::RunRequest study = request("realizations = 4\namplitudes = 3\n");
  const Results results = run(study);
  ASSERT_EQ(results[table::levels].at(0).value(), 2);
  const auto best = results[table::best_recipe].at(0).read();
  EXPECT_EQ(best[0], 0);  // no pulse leaves the reset state
  EXPECT_GT(best[1], 0);
  EXPECT_GT(results[table::recipe_current_density].at(0, best[1]).value(), 0.0);
  EXPECT_EQ(results[table::pulses].at(0, 0).read(), (std::vector<double>(4, 0.0)));
  EXPECT_EQ(results[table::pulses].at(0, 1).read(), (std::vector<double>(4, 1.0)));
  const auto level = results[table::level_conductance].at(0).read();
  EXPECT_NEAR(level[0], results[table::target_conductance].at(0).read()[0], 0.05 * level[0]);
  EXPECT_GT(level[1], level[0]);
  EXPECT_LE(results[table::write_error.low].at(0, 1).value(), results[table::write_error.value].at(0, 1).value());
  EXPECT_GE(results[table::write_error.high].at(0, 1).value(), results[table::write_error.value].at(0, 1).value());

  const auto stages = status::report_status(results, false).stages;
  EXPECT_EQ(stages.back().name, "programming");
  EXPECT_EQ(stages.back().done, 4U);
  EXPECT_THAT(status::describe(results.study()), testing::HasSubstr(" for programming"));
}

TEST_F(ProgrammingStage, CountsEveryRealisationInTheConfusionOfLevels) {
  const Results results = run(request("realizations = 3\namplitudes = 1\n"));
  for (const int level : {0, 1}) {
    const auto counts = results[table::confusion].at(0, level).read();
    EXPECT_EQ(counts[0] + counts[1] + counts[2], 3);
  }
}

TEST_F(ProgrammingStage, NeedsOneRealisationWithoutHeat) {
  const Results results = run(request("realizations = 5\namplitudes = 1\n", "0.0"));
  const auto written = results[table::conductance].at(0, 1).read();
  EXPECT_FALSE(std::isnan(written[0]));
  EXPECT_TRUE(std::isnan(written[1]));
  EXPECT_EQ(results[table::conductance_deviation].at(0, 1).value(), 0.0);
  // Between the amplitudes that bracket the level it is reached.
  EXPECT_EQ(results[table::write_error.value].at(0, 1).value(), 0.0);
}

TEST_F(ProgrammingStage, OfOneRealisationIsUncertain) {
  const Results results = run(request("realizations = 1\namplitudes = 1\n"));
  EXPECT_GT(results[table::write_error.high].at(0, 0).value(), 0.7);
  EXPECT_TRUE(std::isnan(results[table::conductance_deviation].at(0, 0).value()));
  EXPECT_TRUE(std::isnan(results[table::mean_conductance_error].at(0).value()));
}

TEST_F(ProgrammingStage, WarnsOfErrorsThatAreDrawnFromOneRealisation) {
  const auto warnings_of = [&](const std::string& programming, const std::string& temperature) {
    const sweep::RunRequest study =
        request(programming +
                    "max_current_density = 1e12\n[network]\nactivation = \"relu\"\nlevel_source = \"programmed\"\n"
                    "device_errors = \"simulated\"\ndevice_samples = 2\n",
                temperature);
    return warnings(study::read_study(study.sweep_file));
  };
  EXPECT_THAT(warnings_of("realizations = 1\n", "300.0"),
              testing::ElementsAre(testing::HasSubstr("1 of 1 synapse variants: each level is written once "
                                                      "(programming.realizations = 1)")));
  EXPECT_THAT(warnings_of("realizations = 2\n", "0.0"), testing::SizeIs(1));
  EXPECT_THAT(warnings_of("realizations = 2\n", "300.0"), testing::IsEmpty());
}

TEST_F(ProgrammingStage, WarnsOfAmplitudesThatHeatTheFilmTooMuch) {
  const auto warnings_of = [&](const std::string& programming) {
    return warnings(study::read_study(request(programming).sweep_file));
  };
  EXPECT_THAT(warnings_of("max_current_density = 1e12\n"), testing::IsEmpty());
  EXPECT_THAT(warnings_of("max_current_density = 1e13\n"),
              testing::ElementsAre(testing::AllOf(
                  testing::HasSubstr("1 of 1 synapse variants: pulses up to programming.max_current_density of 1e+13"),
                  testing::HasSubstr("by more than substrate.largest_rise of 200 K"))));
  EXPECT_THAT(warnings_of("max_current_density = 1e13\nmethod = \"pulse_train\"\n"), testing::IsEmpty());
}

TEST_F(ProgrammingStage, StoresTheTemperatureRiseByEveryRecipe) {
  const Results results = run(request("amplitudes = 2\n", "0.0"));
  const auto amplitudes = results[table::recipe_current_density].at(0).read();
  const auto rises = results[table::recipe_temperature_rise].at(0).read();
  ASSERT_EQ(rises.size(), amplitudes.size());
  EXPECT_EQ(rises[0], 0.0) << "the reset state needs no pulse";
  // Joule heat.
  EXPECT_NEAR(rises[2] / rises[1], std::pow(amplitudes[2] / amplitudes[1], 2), 1e-9);
}

TEST_F(ProgrammingStage, SaysThatNoAmplitudeMovesTheWall) {
  for (const auto& [method, pulses] : {std::pair("single_pulse", "up to"), std::pair("write_verify", "after 3 of")}) {
    for (const std::string length : {"0.4e-9", "0.2e-9", "0.1e-9"}) {
      sweep::RunRequest study =
          request(fmt::format("max_current_density = 1e10\nmethod = \"{}\"\nmax_pulses = 3\n", method));
      study.results_file = folder_.file(method + length);
      study.overrides = {"synapse.pulse.duration=" + length, "programming.amplitude_tolerance=5e9"};
      const std::string reason = fmt::format("no pulse moves the wall to another level: {} 1e+10 A/m2", pulses);
      EXPECT_THAT(failure_of(study), testing::HasSubstr(reason));
    }
  }
}

TEST_F(ProgrammingStage, SaysThatNoTrainMovesTheWall) {
  // Stronger pulses than those of the train would move it. With heat all realisations are simulated first.
  for (const std::string temperature : {"0.0", "300.0"}) {
    sweep::RunRequest study = request("method = \"pulse_train\"\nmax_pulses = 2\nrealizations = 2\n", temperature);
    study.results_file = folder_.file(temperature);
    study.overrides = {"synapse.pulse.current_density=1e10"};
    EXPECT_THAT(failure_of(study),
                testing::HasSubstr("no pulse moves the wall to another level: after 2 of 1e+10 A/m2 it ends at"))
        << temperature;
  }
}

TEST_F(ProgrammingStage, NamesAVariantOnceOfWhichAllRecipesFailForOneReason) {
  const std::string report = failure_of(request("", "0.0", "count = 1, first = 50e-9"));
  const std::string reason = "no other level can be told apart";
  EXPECT_EQ(report.find(reason), report.rfind(reason)) << report;
  EXPECT_THAT(report, testing::Not(testing::HasSubstr("recipe")));
}

TEST_F(ProgrammingStage, LeavesOutALevelThatNoWriteReaches) {
  const std::string three_notches = "count = 3, first = 50e-9, pitch = 40e-9";
  const Results results =
      run(request("amplitudes = 2\namplitude_spread = 0.1\nmax_current_density = 1.2e12\n", "0.0", three_notches));
  ASSERT_EQ(results[table::levels].at(0).value(), 3);
  EXPECT_EQ(results[table::levels_reached].at(0).value(), 2);
  EXPECT_EQ(results[table::write_error.value].at(0, 2).value(), 1.0);
  EXPECT_TRUE(std::isnan(results[table::level_conductance].at(0, 2).value()));
  EXPECT_TRUE(std::isnan(results[table::conductance_deviation].at(0, 2).value()));
  // Means are over the two levels that are reached.
  EXPECT_EQ(results[table::mean_write_error].at(0).value(), 0.0);
  EXPECT_EQ(results[table::mean_pulses].at(0).value(), 0.5);
  EXPECT_EQ(results[table::mean_write_energy].at(0).value(), 0.5 * results[table::write_energy].at(0, 1).read()[0]);
}

TEST_F(ProgrammingStage, WarnsInOneLineOfLevelsThatNoWriteReaches) {
  const auto log = std::make_shared<spdlog::sinks::ostream_sink_st>(messages_);
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", log));
  sweep::RunRequest study = request("amplitudes = 1\namplitude_spread = 0.1\nmax_current_density = 1.2e12\n", "0.0",
                                    "count = 3, first = 50e-9, pitch = 40e-9");
  (void)run(study);
  spdlog::set_default_logger(before);
  EXPECT_THAT(messages_.str(), testing::HasSubstr("no write reaches 1 level of 1 synapse variant"));
}

TEST_F(ProgrammingStage, FailsAVariantOfWhichWritingReachesOneLevelOnly) {
  // The only amplitude that is tried for the second level is half of the largest, and too small.
  const sweep::RunRequest study =
      request("amplitudes = 1\namplitude_spread = 0.99\nmax_current_density = 1.8e12\n", "0.0");
  EXPECT_THAT(failure_of(study), testing::HasSubstr("writing reaches 1 of its 2 levels, a device needs two at least"));
  const Results results = Results::open_for_reading(study.results_file, layout::results_table());
  EXPECT_EQ(results[table::levels_reached].at(0).value(), 1);
  EXPECT_TRUE(std::isnan(results[table::mean_write_error].at(0).value()));
  const auto status = results.statuses(table::status);
  EXPECT_TRUE(std::ranges::all_of(status, [](auto s) { return s == store::CaseStatus::failed; }));
}

TEST_F(ProgrammingStage, SaysThatLevelsCannotBeToldApart) {
  EXPECT_THAT(failure_of(request("", "0.0", "count = 2, first = 50e-9, pitch = 10e-9")),
              testing::HasSubstr("no other level can be told apart from the reset state"));
}

TEST_F(ProgrammingStage, SaysThatADeviceHasOneLevel) {
  EXPECT_THAT(failure_of(request("", "0.0", "count = 1, first = 50e-9")),
              testing::HasSubstr("no other level can be told apart from the reset state"));
}

TEST_F(ProgrammingStage, VerifiesAndCorrectsUntilTheConductanceIsAccepted) {
  const Results results = run(request("method = \"write_verify\"\nrealizations = 3\n"));
  EXPECT_EQ(results[table::write_error.value].at(0, 1).value(), 0.0);
  const auto target = results[table::target_conductance].at(0).read();
  for (const double conductance : results[table::conductance].at(0, 1).read()) {
    EXPECT_NEAR(conductance, target[1], 0.25 * (target[1] - target[0]));
  }
  const auto pulses = results[table::pulses].at(0, 1).read();
  EXPECT_EQ(results[table::pulses].at(0, 0).read(), (std::vector<double>(3, 0.0)));
  EXPECT_NEAR(results[table::mean_pulses].at(0).value(), (pulses[0] + pulses[1] + pulses[2]) / 6.0, 1e-12);
}

TEST_F(ProgrammingStage, EndsAfterTheMostPulsesIfTheToleranceIsNeverMet) {
  const Results results =
      run(request("method = \"write_verify\"\nrealizations = 2\nmax_pulses = 3\nverify_tolerance = 1e-6\n"));
  EXPECT_EQ(results[table::pulses].at(0, 1).read(), (std::vector<double>(2, 3.0)));
  const double of_one = results[table::write_energy].at(0, 1).read()[0];
  EXPECT_GT(of_one, 0.0);
}

TEST_F(ProgrammingStage, VerifiesAndCorrectsAlsoWhereOnePulseMovesTheWallLessThanALevel) {
  sweep::RunRequest study =
      request("method = \"write_verify\"\nmax_pulses = 12\nmax_current_density = 2.5e12\n", "0.0");
  study.overrides = {"synapse.pulse.duration=40e-12", "synapse.pulse.relaxation=60e-12",
                     "synapse.output.interval=50e-12"};
  const Results results = run(study);
  ASSERT_EQ(results[table::levels].at(0).value(), 2);
  EXPECT_TRUE(std::isnan(results[table::upper_current_density].at(0, 0).value()));
  EXPECT_GT(results[table::pulses].at(0, 1).read()[0], 1.0);
  EXPECT_EQ(results[table::write_error.value].at(0, 1).value(), 0.0);
}

TEST_F(ProgrammingStage, CountsThePulsesOfATrainThatReachEachLevel) {
  sweep::RunRequest study = request("method = \"pulse_train\"\nmax_pulses = 3\n", "0.0");
  study.overrides = {"synapse.pulse.current_density=2e12"};
  const Results results = run(study);
  EXPECT_EQ(results[table::best_recipe].at(0, 0).value(), 0);
  EXPECT_EQ(results[table::recipe_pulses].at(0, 3).read()[0], 3.0);
  const double one = results[table::recipe_energy].at(0, 1).read()[0];
  EXPECT_NEAR(results[table::recipe_energy].at(0, 3).read()[0], 3.0 * one, 1e-9 * one);
  // Joule heat of J^2 rho in the heavy metal under the track.
  EXPECT_NEAR(one, 4e24 * 2e-6 * 160e-9 * 40e-9 * 5e-9 * 0.4e-9, 1e-6 * one);
}

TEST_F(ProgrammingStage, WritesByTrainsOfPulsesOfWhichOneMovesTheWallLessThanALevel) {
  sweep::RunRequest study = request("method = \"pulse_train\"\nmax_pulses = 12\nmax_current_density = 2.5e12\n", "0.0");
  study.overrides = {"synapse.pulse.current_density=2.5e12", "synapse.pulse.duration=40e-12",
                     "synapse.pulse.relaxation=60e-12", "synapse.output.interval=50e-12"};
  const Results results = run(study);
  ASSERT_EQ(results[table::levels].at(0).value(), 2);
  EXPECT_GT(results[table::best_recipe].at(0, 1).value(), 1);
  EXPECT_EQ(results[table::write_error.value].at(0, 1).value(), 0.0);
}

TEST_F(ProgrammingStage, DrawsAnotherEdgeForEveryRealisationUnlessItIsSwept) {
  sweep::RunRequest study = request("realizations = 3\namplitudes = 1\n", "0.0");
  study.overrides = {"synapse.disorder.roughness.deviation=1e-9"};
  const Results results = run(study);
  for (const int level : {0, 1}) {
    const auto written = results[table::conductance].at(0, level).read();
    EXPECT_EQ(std::ranges::count_if(written, [](double g) { return std::isfinite(g); }), 3);
    EXPECT_NE(written[0], written[1]) << level;
    EXPECT_NE(written[1], written[2]) << level;
  }
  study.results_file = folder_.file("swept.h5");
  study.overrides.emplace_back("synapse.sweep.disorder.realization=[0, 1]");
  const Results swept = run(study);
  const auto first = swept[table::conductance].at(0, 0).read();
  EXPECT_EQ(first[0], results[table::conductance].at(0, 0).read()[0]);
  EXPECT_TRUE(std::isnan(first[1]));
  EXPECT_EQ(swept[table::conductance].at(1, 0).read()[0], results[table::conductance].at(0, 0).read()[1]);
}

TEST_F(ProgrammingStage, RefusesSettingsWithoutMeaning) {
  for (const std::string wrong :
       {"max_current_density = 0.05e12\n", "realizations = 0\n", "method = \"hope\"\n", "verify_tolerance = 0.0\n",
        "amplitude_spread = 1.0\n", "max_pulses = 0\n", "max_current_density = -1e12\n"}) {
    EXPECT_THROW((void)run_study(request(wrong), world_), InputError) << wrong;
  }
}

TEST(ProgrammingSettings, NeedAToleranceBelowTheLargestAmplitudeWhereOneIsLookedFor) {
  Settings settings;
  settings.max_current_density = 1e10;
  EXPECT_THAT(settings.fault(), testing::HasSubstr("amplitude_tolerance is 2e+10 A/m2, more than"));
  settings.method = MethodName::pulse_train;
  EXPECT_EQ(settings.fault(), "");
}

}  // namespace
}  // namespace spinsweep::programming
