#include "results/layout.hpp"

#include <gmock/gmock.h>

#include <set>

#include "base/error.hpp"
#include "layout/results_schema.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"

namespace spinsweep::results {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

std::uint64_t case_count(const LayoutInput& input) {
  return input.device.cases.size();
}

const Dimension device_case{"case", case_count};
const Dimension rank{"rank", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.ranks); }, false};

study::Study two_cases() {
  return study::parse_study(
      "[synapse]\ncell = 50e-9\nnotches = { count = 0 }\n[synapse.sweep]\n\"pulse.current_density\" = [1e11, 2e11]\n",
      "study.toml");
}

TEST(Layout, TakesTheSizesOfDimensionsFromTheStudy) {
  Group group{"/synapse"};
  const Variable<double> energy{group, "energy", {&device_case}, "J", "energy"};
  const Layout layout = layout_of({&group}, two_cases());
  ASSERT_EQ(layout.schema.groups.size(), 1U);
  ASSERT_EQ(layout.schema.groups[0].dimensions.size(), 1U);
  EXPECT_EQ(layout.schema.groups[0].dimensions[0].name, "case");
  EXPECT_EQ(layout.schema.groups[0].dimensions[0].size, 2U);
}

TEST(Layout, LeavesOutVariablesWhoseConditionTheStudyDoesNotFulfil) {
  Group group{"/synapse"};
  const Variable<double> energy{
      group, "energy", {&device_case},
      "J",   "energy", only_if([](const LayoutInput& input) { return input.study.has_network; })};
  EXPECT_TRUE(layout_of({&group}, two_cases()).entries.empty());
}

TEST(Layout, WritesTheRoleAndTheShortNameOfAVariableForItsReaders) {
  const store::Schema schema = layout::results_schema(two_cases(), {}, 1);
  const auto& variables = schema.groups.front().variables;
  const auto axis = std::ranges::find(variables, "pulse_current_density", &store::Variable::name);
  ASSERT_NE(axis, variables.end());
  const auto value_of = [&](const std::string& name) {
    const auto found = std::ranges::find(axis->attributes, name, &store::Attribute::name);
    return found == axis->attributes.end() ? std::string("none") : std::get<std::string>(found->value);
  };
  EXPECT_EQ(value_of("role"), "axis");
  EXPECT_EQ(value_of("short_name"), "J");
  const auto conductance = std::ranges::find(variables, "final_conductance", &store::Variable::name);
  EXPECT_EQ(conductance->coordinates, "pulse_current_density");
}

TEST(Revision, ChangesWithEveryPartOfTheTable) {
  Group one{"/synapse"};
  const Variable<double> energy{one, "energy", {&device_case}, "J", "energy"};
  std::set<std::int64_t> revisions = {revision_of({&one})};
  Group unit{"/synapse"};
  const Variable<double> energy_in_volts{unit, "energy", {&device_case}, "eV", "energy"};
  revisions.insert(revision_of({&unit}));
  Group type{"/synapse"};
  const Variable<float> short_energy{type, "energy", {&device_case}, "J", "energy"};
  revisions.insert(revision_of({&type}));
  Group dimension{"/synapse"};
  const Variable<double> energy_of_ranks{dimension, "energy", {&rank}, "J", "energy"};
  revisions.insert(revision_of({&dimension}));
  Group more{"/synapse"};
  const Variable<double> same{more, "energy", {&device_case}, "J", "energy"};
  const Variable<double> further{more, "power", {&device_case}, "W", "power"};
  revisions.insert(revision_of({&more}));
  EXPECT_EQ(revisions.size(), 5U);
}

TEST(Revision, DoesNotChangeWithWording) {
  Group one{"/synapse"};
  const Variable<double> energy{one, "energy", {&device_case}, "J", "energy"};
  Group other{"/synapse"};
  const Variable<double> again{other, "energy", {&device_case}, "J", "energy of the magnetisation"};
  EXPECT_EQ(revision_of({&one}), revision_of({&other}));
}

TEST(LayoutCheck, RefusesAFileOfAnotherTableWithBothNumbers) {
  const store::samples::TemporaryFolder folder;
  const study::Study study = two_cases();
  store::create(folder.file("results.h5"), layout::results_schema(study, {}, 1));
  const auto file = store::ResultsFile::open_for_reading(folder.file("results.h5"));
  EXPECT_NO_THROW(require_layout(file, layout::results_table(), study));
  Group group{"/synapse"};
  const Variable<double> energy{group, "energy", {&device_case}, "J", "energy"};
  EXPECT_THAT([&] { require_layout(file, {&group}, study); },
              ThrowsMessage<EnvironmentError>(HasSubstr("this program knows number")));
}

TEST(LayoutCheck, RefusesAStudyOfMoreCases) {
  const store::samples::TemporaryFolder folder;
  study::Study study = two_cases();
  store::create(folder.file("results.h5"), layout::results_schema(study, {}, 1));
  const auto file = store::ResultsFile::open_for_reading(folder.file("results.h5"));
  study.devices.front().cases.push_back(study.devices.front().cases.back());
  EXPECT_THAT([&] { require_layout(file, layout::results_table(), study); },
              ThrowsMessage<EnvironmentError>(HasSubstr("has the shape (2), expected (3)")));
}

TEST(LayoutCheck, AcceptsAnotherNumberOfRanks) {
  const store::samples::TemporaryFolder folder;
  const study::Study study = two_cases();
  store::create(folder.file("results.h5"), layout::results_schema(study, {}, 100));
  const auto file = store::ResultsFile::open_for_reading(folder.file("results.h5"));
  EXPECT_NO_THROW(require_layout(file, layout::results_table(), study));
}

TEST(Table, HasALongNameForEveryVariableAndAUnitForEveryQuantity) {
  for (const Group* group : layout::results_table()) {
    for (const Description* variable : group->variables()) {
      EXPECT_FALSE(variable->long_name.empty()) << variable->name;
      const bool is_text = variable->type == store::Type::text || variable->type == store::Type::character;
      EXPECT_EQ(variable->units.empty(), is_text || !variable->flags.empty()) << variable->name;
      EXPECT_EQ(variable->name.find('/'), std::string::npos) << variable->name;
    }
  }
}

TEST(Table, HasNoVariableWhoseDimensionsDoNotBeginWithThoseOfTheStatusThatGovernsIt) {
  for (const Group* group : layout::results_table()) {
    for (const Description* variable : group->variables()) {
      if (variable->status != nullptr) {
        const Dimensions& rows = variable->status->dimensions;
        ASSERT_GE(variable->dimensions.size(), rows.size()) << variable->name;
        EXPECT_TRUE(std::equal(rows.begin(), rows.end(), variable->dimensions.begin())) << variable->name;
        EXPECT_EQ(variable->status->group, group) << variable->name;
      }
    }
  }
}

}  // namespace
}  // namespace spinsweep::results
