#include "status/chance_warnings.hpp"

#include <gtest/gtest.h>

#include <string>

namespace spinsweep::status {
namespace {

TEST(ChanceWarnings, NameEverySynapseOfAFew) {
  ChanceWarnings warnings;
  warnings.add("ptq min_max", "mnist", "notches.count 5");
  warnings.add("ptq min_max", "mnist", "notches.count 6");
  EXPECT_EQ(warnings.text(8),
            "warning: ptq min_max on mnist is no better than guessing with 2 of 8 synapses:\n"
            "  notches.count 5\n"
            "  notches.count 6\n");
}

TEST(ChanceWarnings, NameTheFirstSynapsesOfManyAndCountTheOthers) {
  ChanceWarnings warnings;
  for (int count = 1; count <= 40; ++count) {
    warnings.add("ptq min_max", "mnist", "notches.count " + std::to_string(count));
  }
  EXPECT_EQ(warnings.text(64),
            "warning: ptq min_max on mnist is no better than guessing with 40 of 64 synapses:\n"
            "  notches.count 1\n"
            "  notches.count 2\n"
            "  notches.count 3\n"
            "  and 37 more (/network/test_accuracy has them all)\n");
}

TEST(ChanceWarnings, KeepDeploymentsAndDataSetsApart) {
  ChanceWarnings warnings;
  warnings.add("ptq min_max", "mnist", "notches.count 5");
  warnings.add("ptq max_abs", "mnist", "notches.count 5");
  warnings.add("qat min_max", "mnist", "notches.count 5");
  warnings.add("ptq min_max", "fashion-mnist", "notches.count 5");
  const std::string text = warnings.text(1);
  for (const char* what :
       {"ptq min_max on mnist ", "ptq max_abs on mnist ", "qat min_max on mnist ", "ptq min_max on fashion-mnist "}) {
    EXPECT_NE(text.find(std::string("warning: ") + what), std::string::npos) << text;
  }
}

TEST(ChanceWarnings, SayNothingWithoutACause) {
  EXPECT_EQ(ChanceWarnings().text(4), "");
}

}  // namespace
}  // namespace spinsweep::status
