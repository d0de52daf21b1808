#include "study/resolved_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study/parameter.hpp"
#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

constexpr const char* rich_study =
    "[study]\nname = \"a \\\"quoted\\\" name\"\nseed = 7\n[material]\ndmi = 1.2e-3\n[neuron]\ncell = 2e-9\n"
    "[neuron.sweep]\n\"pulse.current_density\" = { from = 0.1e12, to = 0.4e12, step = 0.1e12 }\n"
    "[synapse]\nnotches = { diameter = 30e-9 }\n[synapse.sweep]\n"
    "\"notches.count\" = [5, 10]\n\"initial_wall.position\" = [150e-9, 75e-9]\nzip = [[\"notches.count\", "
    "\"initial_wall.position\"]]\n"
    "\"material.damping\" = { from = 0.1, to = 0.6 }\n\"material.dmi\" = { from = 1e-4, to = 1e-3, log = true }\n"
    "sample = { method = \"sobol\", count = 3 }\n[network]\nhidden = [64, 32]\nqat_epochs = 3\n"
    "[[network.deployment]]\nmethod = [\"ptq\", \"qat\"]\nmapping = \"max_abs\"\n"
    "[[network.deployment]]\nmethod = \"qat\"\nqat_epochs = 4\nbiases = \"shared_range\"\n";

void expect_same_cases(const DevicePlan& a, const DevicePlan& b) {
  ASSERT_EQ(a.cases.size(), b.cases.size());
  for (std::size_t k = 0; k < a.cases.size(); ++k) {
    for (const auto& key : device_keys()) {
      EXPECT_EQ(key.value(a.cases[k]), key.value(b.cases[k])) << key.path << " of case " << k;
    }
  }
}

TEST(ResolvedText, GivesTheSameStudyAndTheSameTextWhenItIsReadAgain) {
  const Study study = parse_study(rich_study, "study.toml");
  const Study again = parse_study(study.text, "resolved.toml");
  expect_same_cases(study.neurons(), again.neurons());
  expect_same_cases(study.weights(), again.weights());
  EXPECT_EQ(study.text, again.text);
  EXPECT_EQ(again.name, "a \"quoted\" name");
  EXPECT_EQ(again.network.hidden, (std::vector<int>{64, 32}));
  EXPECT_EQ(again.network.deployments, study.network.deployments);
  ASSERT_EQ(study.network.deployments.size(), 4U);
  EXPECT_EQ(study.network.deployments[3].name, "qat mse, biases = \"shared_range\", qat_epochs = 4");
  EXPECT_EQ(study.network.deployments[2].settings.qat_epochs, 3);
}

TEST(ResolvedText, ReadsTheSameAgainWithNegativeZeros) {
  const Study study = parse_study(
      "[material]\nanisotropy = -0.0\n[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [-1e11, -0.0]\n",
      "study.toml");
  EXPECT_EQ(parse_study(study.text, "resolved").text, study.text);
}

TEST(ResolvedText, HoldsDefaultsThatTheFileDoesNotName) {
  const Study study = parse_study("[neuron]\n", "study.toml");
  EXPECT_THAT(study.text, testing::HasSubstr("\n[material]\nsaturation_magnetization = 1100000\n"));
  EXPECT_THAT(study.text, testing::HasSubstr("mtj.window.from = 1.28e-07\n"));
}

TEST(ResolvedText, GivesADeviceOfAnotherMaterialItsOwn) {
  const Study study =
      parse_study("[material]\ndmi = 2e-3\n[neuron]\nmaterial.damping = 0.2\n[synapse.material]\ndmi = 3e-3\n", "s");
  EXPECT_EQ(study.neurons().base.material.dmi, 2e-3);
  EXPECT_EQ(study.neurons().base.material.damping, 0.2);
  EXPECT_EQ(study.weights().base.material.dmi, 3e-3);
  EXPECT_EQ(study.weights().base.material.damping, 0.6);
  const Study again = parse_study(study.text, "resolved");
  expect_same_cases(study.neurons(), again.neurons());
  expect_same_cases(study.weights(), again.weights());
  EXPECT_EQ(study.text, again.text);
}

TEST(ResolvedText, DoesNotDependOnHowTheFileIsWritten) {
  const Study plain = parse_study("[neuron]\ncell = 2e-9\nwidth = 64e-9\n", "study.toml");
  const Study other = parse_study("# a comment\n[neuron]\nwidth=0.064e-6\ncell=0.002e-6", "study.toml");
  EXPECT_EQ(plain.text, other.text);
}

TEST(ResolvedText, DifferenceNamesTheSectionAndBothValues) {
  const Study study = parse_study("[neuron]\n", "study.toml");
  const Study other = parse_study("[material]\ndmi = 2e-3\n[neuron]\n", "study.toml");
  const Difference difference = first_difference(study.text, other.text);
  EXPECT_EQ(difference.first, "[material] dmi = 0.001");
  EXPECT_EQ(difference.second, "[material] dmi = 0.002");
}

TEST(ResolvedText, DifferenceSaysWhereOneStudyHasMore) {
  const Study study = parse_study("[neuron]\n", "study.toml");
  const Study other = parse_study("[neuron]\n[neuron.sweep]\n\"initial_wall.width\" = [1e-8]\n", "study.toml");
  EXPECT_EQ(first_difference(study.text, other.text).first, "nothing");
}

TEST(ResolvedText, PlacesOfDataDoNotMakeAnotherStudy) {
  const std::string devices =
      "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n[synapse]\n";
  const Study study = parse_study(devices + "[network]\n", "study.toml");
  const Study other = parse_study(devices + "[network]\ndata_folder = \"elsewhere\"\n", "study.toml");
  const Difference difference = first_difference(study.text, other.text);
  EXPECT_EQ(difference.first, difference.second);
}

}  // namespace
}  // namespace spinsweep::study
