#include <gtest/gtest.h>

#include <set>
#include <string>

#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

std::string warm_synapses(const std::string& axes, int seed = 1) {
  return "[study]\nseed = " + std::to_string(seed) + "\n[material]\ntemperature = 300\n[synapse]\n[synapse.sweep]\n" +
         axes;
}

TEST(CaseSeed, IsAnotherForEveryCaseStudySeedAndRealization) {
  std::set<std::uint64_t> seeds;
  for (const int seed : {1, 2}) {
    const Study study = parse_study(
        warm_synapses("\"pulse.current_density\" = [1e11, 2e11]\n\"thermal.realization\" = [0, 1, 2]\n", seed), "a");
    for (const auto& one : study.weights().cases) {
      seeds.insert(one.thermal.seed);
    }
  }
  EXPECT_EQ(seeds.size(), 12U);
}

TEST(CaseSeed, DoesNotDependOnThePlaceOfTheCaseInThePlan) {
  const Study few =
      parse_study(warm_synapses("\"pulse.current_density\" = [1e11, 2e11]\n\"material.dmi\" = [1e-3, 2e-3]\n"), "a");
  const Study many = parse_study(
      warm_synapses("\"material.dmi\" = [2e-3, 1.5e-3, 1e-3]\n\"pulse.current_density\" = [3e11, 2e11]\n"), "a");
  // 2e11 with 2e-3, in either.
  EXPECT_EQ(few.weights().cases[3].thermal.seed, many.weights().cases[1].thermal.seed);
}

TEST(CaseSeed, IsAnotherForEveryRealizationThatIsNotSwept) {
  const auto seed_of = [](const std::string& realization) {
    const Study study = parse_study(warm_synapses("\"pulse.current_density\" = [1e11]\n"), "a",
                                    {"synapse.thermal.realization=" + realization});
    return study.weights().cases.front().thermal.seed;
  };
  EXPECT_NE(seed_of("0"), seed_of("1"));
  const Study swept =
      parse_study(warm_synapses("\"pulse.current_density\" = [1e11]\n\"thermal.realization\" = [0, 1]\n"), "a");
  EXPECT_EQ(swept.weights().cases[1].thermal.seed, seed_of("1")) << "swept or not, it is the same case";
}

TEST(CaseSeed, DiffersBetweenTheDevices) {
  const Study study = parse_study("[neuron]\n[synapse]\n", "a");
  EXPECT_NE(study.neurons().cases[0].thermal.seed, study.weights().cases[0].thermal.seed);
}

TEST(Temperature, CanBeSweptFromZero) {
  const Study study = parse_study("[synapse]\n[synapse.sweep]\n\"material.temperature\" = [0, 100, 300]\n", "a");
  EXPECT_EQ(study.weights().cases[2].material.temperature, 300.0);
}

}  // namespace
}  // namespace spinsweep::study
