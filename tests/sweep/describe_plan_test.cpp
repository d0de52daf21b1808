#include "sweep/describe_plan.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "study/read_study.hpp"

namespace spinsweep::sweep {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Plan, OfThePaperFitsEightyColumns) {
  std::istringstream lines(describe(study::read_study(std::string(SPINSWEEP_SWEEPS) + "/paper.toml")));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(Plan, ShowsEveryValueOfEveryAxisWhole) {
  const std::string text = describe(study::parse_study(R"([synapse.sweep]
"material.dmi" = [1.2345e-3]
"applied_field.x" = [100]
"wall.position" = [1.51e-7]
"pulse.current_density" = [3.6125e11])",
                                                       "study.toml"));
  for (const char* value : {"0.0012345", "100", "1.51e-07", "3.6125e+11"}) {
    EXPECT_THAT(text, HasSubstr(value));
  }
}

TEST(Plan, NamesAnAxisInFullWhereItsLastWordIsAmbiguous) {
  const std::string text = describe(study::parse_study(R"([synapse.sweep]
"wall.width" = [1e-8]
"width" = [1.5e-7])",
                                                       "study.toml"));
  EXPECT_THAT(text, HasSubstr("  wall.width"));
  EXPECT_THAT(text, HasSubstr("  width"));
}

TEST(Plan, SaysWhenRanksShareEachCase) {
  const std::string shared = "[synapse]\n[device]\nranks_per_case = 4\n";
  EXPECT_THAT(describe(study::parse_study(shared, "study.toml")), HasSubstr("4 ranks simulate each case together"));
  EXPECT_THAT(describe_as_json(study::parse_study(shared, "study.toml")), HasSubstr("\"ranks_per_case\": 4"));
  EXPECT_THAT(describe(study::parse_study("[synapse]\n", "study.toml")), Not(HasSubstr("simulate each case")));
}

TEST(Plan, SaysWhichCurrentDensitiesAreFoundDuringTheRun) {
  const std::string text = describe(study::parse_study(R"([synapse.sweep]
"pulse.current_density" = { bisect = "first_depinning", from = 2e11, to = 6e11, tolerance = 2e11 })",
                                                       "study.toml"));
  EXPECT_THAT(text, HasSubstr("bisected"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(Plan, CountsTheMapsInTheSizeOfTheResultsFile) {
  const std::string few = "[synapse]\noutput = { snapshots = 2 }\n";
  const std::string many = "[synapse]\noutput = { snapshots = 102 }\n";
  constexpr std::uint64_t map_bytes = 500 * 50 * 3 * sizeof(float);
  EXPECT_GE(results_bytes(study::parse_study(many, "many.toml")) - results_bytes(study::parse_study(few, "few.toml")),
            100 * map_bytes);
}

}  // namespace
}  // namespace spinsweep::sweep
