#include "study/bisection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/error.hpp"
#include "study/case_identity.hpp"
#include "study/estimate.hpp"
#include "study/read_study.hpp"
#include "study/resolved_text.hpp"

namespace spinsweep::study {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// Plays a device whose wall stays at 300 nm up to that current density and ends at 600 nm above it.
BisectionState bisect(const Bisection& bisection, double depinning_current) {
  std::vector<double> positions;
  while (true) {
    BisectionState state = replay(bisection, {.left = 280e-9, .right = 320e-9}, positions);
    if (!state.next) {
      EXPECT_EQ(positions.size(), state.problem ? positions.size() : case_count(bisection));
      return state;
    }
    positions.push_back(*state.next > depinning_current ? 600e-9 : 300e-9);
  }
}

TEST(Bisection, BracketsTheDepinningCurrentWithinItsToleranceInTheForetoldNumberOfCases) {
  for (const double tolerance : {0.5e12, 0.13e12, 0.01e12, 1e9}) {
    const Bisection bisection{"first_depinning", 0, 0.1e12, 0.6e12, tolerance};
    for (double wanted = 0.11e12; wanted < 0.6e12; wanted += 0.037e12) {
      const BisectionState state = bisect(bisection, wanted);
      EXPECT_FALSE(state.problem);
      EXPECT_LE(state.lower, wanted);
      EXPECT_GE(state.upper, wanted);
      EXPECT_LE(state.upper - state.lower, tolerance * (1.0 + 1e-12));
    }
    EXPECT_EQ(case_count(bisection), 2 + static_cast<std::size_t>(std::ceil(std::log2(0.5e12 / tolerance))));
  }
}

TEST(Bisection, SaysSoWhenItsEndsDoNotBracketAnything) {
  const Bisection bisection{"first_depinning", 0, 0.2e12, 0.6e12, 0.1e12};
  EXPECT_THAT(*bisect(bisection, 0.1e12).problem, HasSubstr("at 2e+11 A/m2 the wall ends at 600.0 nm, which is past"));
  EXPECT_THAT(*bisect(bisection, 0.7e12).problem, HasSubstr("at 6e+11 A/m2 the wall ends at 300.0 nm, which is not"));
}

TEST(Bisection, OfAWarmDeviceIsEstimatedToTakeAsLongAsItsLargestCurrent) {
  const auto plan_of = [](const std::string& current_densities) {
    return parse_study("[material]\ntemperature = 300\n[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = " +
                           current_densities + "\n",
                       "s")
        .weights();
  };
  const DevicePlan bisected = plan_of("{ bisect = \"first_depinning\", from = 2e11, to = 9e13, tolerance = 1e13 }");
  const DevicePlan known = plan_of("[2e11, 9e13]");
  EXPECT_LT(estimated_seconds(known, 0), estimated_seconds(known, 1));
  EXPECT_DOUBLE_EQ(estimated_seconds(bisected, 0), estimated_seconds(known, 0));
  for (std::size_t k = 1; k < bisected.cases.size(); ++k) {
    EXPECT_DOUBLE_EQ(estimated_seconds(bisected, k), estimated_seconds(known, 1)) << k;
  }
}

TEST(Bisection, LooksAtTheNotchThatHoldsTheWallOrTheOneThatIsNamed) {
  const Study study = parse_study(
      "[synapse]\ninitial_wall = { position = 605e-9 }\n[synapse.sweep]\n"
      "\"pulse.current_density\" = { reaches_notch = 4, from = 1e11, to = 9e11, tolerance = 1e11 }\n",
      "s");
  const auto& p = study.weights().cases.front();
  EXPECT_DOUBLE_EQ(decisive_points(study.weights().bisection, p, 605e-9)->right, 1180e-9);
  EXPECT_FALSE(decisive_points(study.weights().bisection, p, 605e-9)->passed(0.0));
  // Seen from the other side.
  EXPECT_DOUBLE_EQ(decisive_points(study.weights().bisection, p, 1400e-9)->left, 1220e-9);
  const Bisection depinning{"first_depinning", 0, 0, 1, 1};
  EXPECT_DOUBLE_EQ(decisive_points(depinning, p, 605e-9)->right, 620e-9);
  EXPECT_DOUBLE_EQ(decisive_points(depinning, p, 605e-9)->left, 580e-9);
  EXPECT_DOUBLE_EQ(decisive_points(depinning, p, 450e-9)->right, 620e-9);
  EXPECT_DOUBLE_EQ(decisive_points(depinning, p, 450e-9)->left, 280e-9);
  EXPECT_TRUE(std::isinf(decisive_points(depinning, p, 150e-9)->left));
}

TEST(Bisection, FindsMirrorImagesForEverySignOfTheCurrentAndOfTheMotion) {
  for (const double sign_of_current : {1.0, -1.0}) {
    for (const double sign_of_motion : {1.0, -1.0}) {
      const Bisection bisection{"first_depinning", 0, sign_of_current * 0.1e12, sign_of_current * 0.6e12, 0.01e12};
      std::vector<double> positions;
      BisectionState state = replay(bisection, {.left = 280e-9, .right = 320e-9}, positions);
      while (state.next) {
        const bool leaves = std::abs(*state.next) > 0.345e12;
        positions.push_back(leaves ? 300e-9 + sign_of_motion * 250e-9 : 300e-9);
        state = replay(bisection, {.left = 280e-9, .right = 320e-9}, positions);
      }
      EXPECT_FALSE(state.problem);
      EXPECT_EQ(positions.size(), case_count(bisection));
      EXPECT_LE(std::abs(state.lower), 0.345e12);
      EXPECT_GE(std::abs(state.upper), 0.345e12);
      EXPECT_LE(std::abs(state.upper - state.lower), 0.01e12 * (1.0 + 1e-12));
    }
  }
}

TEST(Bisection, TakesNegativeCurrentsToo) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = { bisect = \"first_depinning\", from = -1e11, to = "
      "-5e11, tolerance = 1e11 }\n",
      "s");
  EXPECT_EQ(study.weights().cases.size(), 4U);
  EXPECT_EQ(study.weights().cases[1].pulse.current_density, -5e11);
}

TEST(Bisection, GivesEachVariantItsOwnCasesWithTheirCurrentDensitiesOpen) {
  const std::string text =
      "[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1e11, to = 5e11, "
      "tolerance = 1e11 }\n\"material.dmi\" = [1e-3, 2e-3]\n";
  const Study study = parse_study(text, "s");
  ASSERT_EQ(study.weights().cases.size(), 8U);
  const auto list = variants(study.weights());
  ASSERT_EQ(list.size(), 2U);
  EXPECT_THAT(list[1].cases, testing::ElementsAre(1, 3, 5, 7));
  EXPECT_EQ(study.weights().cases[3].pulse.current_density, 5e11);
  EXPECT_TRUE(std::isnan(study.weights().cases[5].pulse.current_density));
  EXPECT_THAT(case_name(study.weights(), 5), HasSubstr("to be bisected"));
  EXPECT_EQ(parse_study(study.text, "resolved").text, study.text);
}

struct Mistake {
  std::string axis;
  std::string message;
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.axis;
}

class BisectedAxis : public testing::TestWithParam<Mistake> {};

TEST_P(BisectedAxis, IsRefusedIfItIsWrong) {
  const std::string text = "[synapse]\n[synapse.sweep]\n" + GetParam().axis + "\n";
  EXPECT_THAT([&] { (void)parse_study(text, "s.toml"); },
              ThrowsMessage<InputError>(testing::AllOf(HasSubstr("s.toml:3:"), HasSubstr(GetParam().message))));
}

INSTANTIATE_TEST_SUITE_P(
    All, BisectedAxis,
    testing::Values(
        Mistake{"\"pulse.current_density\" = { bisect = \"last_depinning\", from = 1, to = 2, tolerance = 1 }",
                "expected one of: first_depinning, reaches_notch"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1, to = 2 }",
                "tolerance is missing"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", from = 2, to = 1, tolerance = 1 }",
                "expected from < to"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", from = -1, to = 2, tolerance = 1 }",
                "expected from < to"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", from = -2, to = -1, tolerance = 1 }",
                "or from > to if neither is positive"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1, to = 2, tolerance = 0 }",
                "expected a positive number"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1, to = 2, tol = 1 }",
                "unknown key tol"},
        Mistake{"\"pulse.current_density\" = { bisect = \"reaches_notch\", from = 1, to = 2, tolerance = 1 }",
                "needs notch"},
        Mistake{
            "\"pulse.current_density\" = { bisect = \"reaches_notch\", notch = 6, from = 1, to = 2, tolerance = 1 }",
            "has no notch 6"},
        Mistake{"\"pulse.current_density\" = { bisect = \"first_depinning\", reaches_notch = 1, from = 1, to = 2, "
                "tolerance = 1 }",
                "expected one of them"},
        Mistake{
            "\"pulse.current_density\" = { bisect = \"first_depinning\", notch = 1, from = 1, to = 2, tolerance = 1 "
            "}",
            "goes with"},
        Mistake{"\"material.dmi\" = { bisect = \"first_depinning\", from = 1, to = 2, tolerance = 1 }",
                "cannot be bisected"}));

TEST(Bisection, IsNotForNeurons) {
  EXPECT_THAT(
      [] {
        (void)parse_study(
            "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1, to = 2, "
            "tolerance = 1 }\n",
            "s.toml");
      },
      ThrowsMessage<InputError>(HasSubstr("s.toml:3:27: a neuron's pulse.current_density cannot be bisected: the "
                                          "activation is fitted over its values")));
}

/// The first point of a Saltelli sample, the middle, is drawn once for each row of its block.
constexpr const char* sampled_axes =
    "\"material.dmi\" = { from = 1e-3, to = 2e-3 }\n\"notches.diameter\" = { from = 15e-9, to = 40e-9 }\n"
    "sample = { method = \"saltelli\", count = 2 }\n";
constexpr const char* bisected_axis =
    "\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1e11, to = 9e11, tolerance = 2e11 }\n";

class BisectionOfASample : public testing::TestWithParam<std::string> {};

TEST_P(BisectionOfASample, IsMadeOnceForAPointThatIsDrawnSeveralTimes) {
  const DevicePlan plan = parse_study("[synapse.sweep]\n" + GetParam(), "s").weights();
  constexpr std::size_t points = std::size_t{2} * 4;
  const std::size_t steps = case_count(plan.bisection);
  const auto list = variants(plan);
  const auto first = first_identical_cases(plan);
  ASSERT_EQ(plan.cases.size(), points * steps);
  ASSERT_LT(list.size(), points);
  std::vector<bool> simulated(plan.cases.size());
  for (const Variant& variant : list) {
    ASSERT_EQ(variant.cases.size(), steps);
    EXPECT_EQ(plan.cases[variant.cases[0]].pulse.current_density, 1e11);
    EXPECT_EQ(plan.cases[variant.cases[1]].pulse.current_density, 9e11);
    for (const std::size_t k : variant.cases) {
      EXPECT_EQ(first[k], k);
      simulated[k] = true;
    }
  }
  for (std::size_t k = 0; k < first.size(); ++k) {
    EXPECT_TRUE(simulated[first[k]]) << "case " << k;
    EXPECT_EQ(plan.cases[k].material.dmi, plan.cases[first[k]].material.dmi);
    EXPECT_EQ(plan.cases[k].notches.diameter, plan.cases[first[k]].notches.diameter);
  }
}

INSTANTIATE_TEST_SUITE_P(FastOrSlowAxis, BisectionOfASample,
                         testing::Values(std::string(sampled_axes) + bisected_axis,
                                         std::string(bisected_axis) + sampled_axes));

}  // namespace
}  // namespace spinsweep::study
