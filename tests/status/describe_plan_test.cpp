#include "status/describe_plan.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "study/read_study.hpp"

namespace spinsweep::status {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> list;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    list.push_back(line);
  }
  return list;
}

TEST(Plan, OfThePaperFitsEightyColumns) {
  for (const std::string& line : lines_of(describe(study::read_study(std::string(SPINSWEEP_SWEEPS) + "/paper.toml")))) {
    EXPECT_LE(line.size(), 80U) << line;
  }
}

/// Of the first `count` of some axes with two values each.
std::string plan_of_axes(std::size_t count) {
  const std::vector<std::string> axes = {"\"material.dmi\" = [1.0e-3, 1.2345e-3]\n",
                                         "\"pulse.current_density\" = [3.6125e11, 9.0e11]\n",
                                         "\"notches.count\" = [5, 10]\n",
                                         "\"material.anisotropy\" = [8.0e5, 1.05e6]\n",
                                         "\"pulse.duration\" = [1e-9, 2.5e-9]\n",
                                         "\"notches.diameter\" = [20e-9, 30e-9]\n",
                                         "\"material.saturation_magnetization\" = [5.8e5, 8.6e5]\n",
                                         "\"applied_field.x\" = [0, 100]\n"};
  const std::string sweep = std::accumulate(axes.begin(), axes.begin() + std::ptrdiff_t(count), std::string());
  return describe(study::parse_study("[synapse]\n[synapse.sweep]\n" + sweep, "study.toml"));
}

TEST(Plan, OfAnyNumberOfAxesFitsEightyColumns) {
  for (std::size_t axes = 1; axes <= 8; ++axes) {
    for (const std::string& line : lines_of(plan_of_axes(axes))) {
      EXPECT_LE(line.size(), 80U) << line;
    }
  }
}

TEST(Plan, BreaksHeadsWhereTheTableWouldBeTooWide) {
  EXPECT_THAT(plan_of_axes(3), HasSubstr("  case        dmi  current_density  count      time\n"
                                         "            J m-2            A m-2         one core\n"
                                         "     0      0.001       3.6125e+11      5  "));
  EXPECT_THAT(plan_of_axes(6),
              HasSubstr("\n                     current_\n"
                        "  case        dmi     density  count  anisotropy  duration  diameter      time\n"
                        "            J m-2       A m-2              J m-3         s         m  one core\n"
                        "     0      0.001  3.6125e+11      5      800000     1e-09     2e-08  "));
}

TEST(Plan, ContinuesATableThatIsStillTooWideInABlockBelow) {
  const std::string text = plan_of_axes(8);
  EXPECT_THAT(text, HasSubstr("     0      0.001  3.6125e+11      5      800000     1e-09     2e-08\n"));
  EXPECT_THAT(text, HasSubstr("\n\n          saturation_\n"
                              "  case  magnetization      x      time\n"
                              "                A m-1  A m-1  one core\n"
                              "     0         580000      0  "));
}

TEST(Plan, ShowsEveryValueOfEveryAxisWhole) {
  const std::string text = describe(study::parse_study(R"([synapse.sweep]
"material.dmi" = [1.2345e-3]
"applied_field.x" = [100]
"initial_wall.position" = [1.51e-7]
"pulse.current_density" = [3.6125e11])",
                                                       "study.toml"));
  for (const char* value : {"0.0012345", "100", "1.51e-07", "3.6125e+11"}) {
    EXPECT_THAT(text, HasSubstr(value));
  }
}

TEST(Plan, NamesAnAxisInFullWhereItsLastWordIsAmbiguous) {
  const std::string text = describe(study::parse_study(R"([synapse.sweep]
"initial_wall.width" = [1e-8]
"width" = [1.5e-7])",
                                                       "study.toml"));
  EXPECT_THAT(text, HasSubstr("  initial_wall.width"));
  EXPECT_THAT(text, HasSubstr("  width"));
}

TEST(Plan, OfManyCasesListsTheFirstAndTheLastOnesOnly) {
  const study::Study study = study::parse_study(R"([synapse.sweep]
"material.dmi" = { from = 1e-3, to = 2e-3, count = 250 }
"pulse.current_density" = { from = 1e11, to = 3e11, count = 200 })",
                                                "study.toml");
  const std::string text = describe(study);
  EXPECT_LT(lines_of(text).size(), 40U);
  EXPECT_THAT(text, HasSubstr("synapse: 50000 cases, 250 variants"));
  EXPECT_THAT(text, HasSubstr("  material.dmi: 250 values from 0.001 to 0.002 J m-2\n"));
  EXPECT_THAT(text, HasSubstr("\n      9 "));
  EXPECT_THAT(text, HasSubstr("\n  ... 49980 cases more, listed by --all\n  49990 "));
  EXPECT_THAT(text, HasSubstr("\n  49999 "));
  EXPECT_GT(lines_of(describe(study, ListedCases::all)).size(), 50000U);
}

TEST(Plan, OfFewCasesListsThemAll) {
  const study::Study study = study::parse_study(R"([synapse.sweep]
"material.dmi" = { from = 1e-3, to = 2e-3, count = 50 })",
                                                "study.toml");
  EXPECT_EQ(describe(study), describe(study, ListedCases::all));
  EXPECT_THAT(describe(study), Not(HasSubstr("--all")));
}

TEST(Plan, SaysWhenRanksShareEachCase) {
  const std::string shared = "[synapse]\n[solver]\nranks_per_case = 4\n";
  EXPECT_THAT(describe(study::parse_study(shared, "study.toml")), HasSubstr("4 ranks simulate each case together"));
  EXPECT_THAT(describe_as_json(study::parse_study(shared, "study.toml")), HasSubstr("\"ranks_per_case\": 4"));
  EXPECT_THAT(describe(study::parse_study("[synapse]\n", "study.toml")), Not(HasSubstr("simulate each case")));
}

TEST(Plan, SaysWhichCurrentDensitiesAreFoundDuringTheRun) {
  for (const std::string temperature : {"0", "300"}) {
    const std::string text = describe(study::parse_study("[material]\ntemperature = " + temperature + R"(
[synapse.sweep]
"pulse.current_density" = { bisect = "first_depinning", from = 2e11, to = 6e11, tolerance = 2e11 })",
                                                         "study.toml"));
    EXPECT_THAT(text, HasSubstr("bisected"));
    EXPECT_THAT(text, Not(HasSubstr("nan"))) << temperature << " K";
  }
}

TEST(Plan, EstimatesTheTimeOfTheNetworks) {
  const std::string devices =
      "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n[synapse]\n";
  const auto network_seconds = [&devices](const std::string& keys) {
    const std::string text = describe_as_json(study::parse_study(devices + "[network]\n" + keys, "study.toml"));
    return nlohmann::json::parse(text).at("network").at("seconds").get<double>();
  };
  const double one = network_seconds("seeds = 1");
  EXPECT_GT(one, 0.0);
  EXPECT_DOUBLE_EQ(network_seconds("seeds = 3"), 3.0 * one);
  const auto deployments = [&](const std::string& mappings) {
    return network_seconds("deployment = [{ method = ['ptq', 'qat'], mapping = [" + mappings + "] }]");
  };
  const double single = deployments("'mse'");
  const double paired = deployments("'mse', 'mse+differential_pair'");
  EXPECT_GT(paired, single) << "each mapping has networks of its own";
  EXPECT_LT(paired, 2.0 * single) << "but all share the FP32 networks";
  EXPECT_LT(deployments("'mse', 'max_abs'"), 1.1 * single) << "quantisation-aware training is the same for both";
  EXPECT_THAT(describe(study::parse_study(devices + "[network]\n", "study.toml")), HasSubstr("for the networks"));
  EXPECT_THAT(describe(study::parse_study("[synapse]\n", "study.toml")), Not(HasSubstr("for the networks")));
}

TEST(Plan, CountsTheMapsInTheSizeOfTheResultsFile) {
  const std::string few = "[synapse]\noutput = { snapshots = 2 }\n";
  const std::string many = "[synapse]\noutput = { snapshots = 102 }\n";
  constexpr std::uint64_t map_bytes = std::uint64_t{500} * 50 * 3 * sizeof(float);
  EXPECT_GE(results_bytes(study::parse_study(many, "many.toml")) - results_bytes(study::parse_study(few, "few.toml")),
            100 * map_bytes);
}

TEST(Plan, WarnsOfValuesThatNoFilmHas) {
  const auto plan_of = [](const std::string& text) {
    return std::regex_replace(describe(study::parse_study(text, "study.toml")), std::regex("\n  "), " ");
  };
  EXPECT_THAT(plan_of("[synapse]\n"), Not(HasSubstr("warning")));
  EXPECT_THAT(plan_of("[neuron]\n"), Not(HasSubstr("warning")));
  EXPECT_THAT(plan_of("[material]\ndmi = 1\n[synapse]\n"), HasSubstr("material.dmi is 1 J m-2, far outside any film"));
  EXPECT_THAT(plan_of("[synapse]\nthickness = 2\n"), HasSubstr("thickness is 2 m, far outside any film"));
  EXPECT_THAT(
      plan_of("[synapse]\n[synapse.sweep]\n\"cell\" = [3e-9, 5e-9, 10e-9, 15e-9]\n"),
      HasSubstr("2 of 4 cases: cells of 10 nm are larger than the exchange length of 5.1 nm or the wall width of "
                "9.1 nm"));
  EXPECT_THAT(plan_of("[synapse]\n[synapse.sweep]\n\"cell\" = [3e-9, 5e-9, 10e-9, 15e-9]\n"),
              HasSubstr("1 of 4 cases: cells of 5 nm are wider than half of the wall width of 9.1 nm"));
  EXPECT_THAT(plan_of("[synapse]\ncell = 5e-9\n[material]\nsaturation_magnetization = 1.4e6\n"),
              AllOf(HasSubstr("magnetised in its plane"), Not(HasSubstr("wider than half"))));
  EXPECT_THAT(plan_of("[material]\nsaturation_magnetization = 1.4e6\n[synapse]\n"),
              HasSubstr("magnetised in its plane"));
}

TEST(Plan, OfEveryStudyThatComesWithTheProgramIsDescribed) {
  int studies = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SPINSWEEP_SWEEPS)) {
    if (entry.path().extension() == ".toml") {
      EXPECT_NO_THROW((void)describe(study::read_study(entry.path().string()))) << entry.path();
      ++studies;
    }
  }
  EXPECT_GE(studies, 2);
}

TEST(Plan, SaysWhatWasMeasuredAndHowManyDevicesAreMisread) {
  const study::Study study = study::read_study(std::string(SPINSWEEP_SWEEPS) + "/measured.toml");
  EXPECT_THAT(describe(study), AllOf(HasSubstr("measured devices die_b: "), HasSubstr("measured_die_b.csv (crc32 "),
                                     HasSubstr("5 levels of 16 devices, 9.61275e-05 to 0.000181473 S"),
                                     HasSubstr("1.2 % nearer to another level"),
                                     HasSubstr("network: 2 synapses x 1 neuron x 1 data set")));
  EXPECT_THAT(describe_as_json(study), AllOf(HasSubstr("network.measured_devices"), HasSubstr("\"levels\": 8")));
}

}  // namespace
}  // namespace spinsweep::status
