#include "study/case_identity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

TEST(CaseIdentity, IsAboutWhatACaseIsNotAboutWhichAxesSayIt) {
  const Study swept = parse_study(
      "[synapse]\n[synapse.sweep]\n\"notches.pitch\" = [200e-9, 300e-9]\n\"material.dmi\" = [1e-3, 2e-3]\n", "a");
  const Study given = parse_study("[material]\ndmi = 2e-3\n[synapse]\nnotches = { first = 300e-9 }\n", "b");
  EXPECT_EQ(physical_key(swept.weights().cases[3]), physical_key(given.weights().cases[0]))
      << "pitch and first are length/count unless they are given";
  EXPECT_NE(physical_key(swept.weights().cases[1]), physical_key(given.weights().cases[0]));
}

TEST(CaseIdentity, FindsTheFirstOfEachKind) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\n\"notches.count\" = [0, 5]\n\"notches.diameter\" = [10e-9, 20e-9, 30e-9]\n", "s");
  EXPECT_THAT(first_identical_cases(study.weights()), testing::ElementsAre(0, 0, 0, 3, 4, 5))
      << "without notches their diameter does not matter";
}

TEST(CaseIdentity, LeavesCasesApartWhoseCurrentDensityIsYetToBeFound) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1e11, to = 5e11, "
      "tolerance = 1e11 }\n",
      "s");
  EXPECT_THAT(first_identical_cases(study.weights()), testing::ElementsAre(0, 1, 2, 3));
}

TEST(CaseIdentity, DoesNotDependOnTheRoundingOfACalculation) {
  const Study study = parse_study("[synapse]\n", "s");
  device::DeviceParameters p = study.weights().cases[0];
  for (const double value : {0.3e-3, 1.0, 1e-9, 9.99999999999, 1e12, -2.5e-7}) {
    p.material.dmi = value;
    const CaseKey key = physical_key(p);
    p.material.dmi = value * (1.0 + 4e-16);
    EXPECT_EQ(physical_key(p), key) << value;
    p.material.dmi = value * (1.0 - 4e-16);
    EXPECT_EQ(physical_key(p), key) << value;
    p.material.dmi = value * (1.0 + 1e-10);
    EXPECT_NE(physical_key(p), key) << value;
  }
}

}  // namespace
}  // namespace spinsweep::study
