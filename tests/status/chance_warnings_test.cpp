#include "status/chance_warnings.hpp"

#include <gtest/gtest.h>

#include <string>

namespace spinsweep::status {
namespace {

TEST(ChanceWarnings, NameEverySynapseOfAFew) {
  ChanceWarnings warnings;
  warnings.add("min_max", "ptq", "mnist", "notches.count 5");
  warnings.add("min_max", "ptq", "mnist", "notches.count 6");
  EXPECT_EQ(warnings.text(8),
            "warning: min_max, ptq on mnist is no better than guessing with 2 of 8 synapses:\n"
            "  notches.count 5\n"
            "  notches.count 6\n");
}

TEST(ChanceWarnings, NameTheFirstSynapsesOfManyAndCountTheOthers) {
  ChanceWarnings warnings;
  for (int count = 1; count <= 40; ++count) {
    warnings.add("min_max", "ptq", "mnist", "notches.count " + std::to_string(count));
  }
  EXPECT_EQ(warnings.text(64),
            "warning: min_max, ptq on mnist is no better than guessing with 40 of 64 synapses:\n"
            "  notches.count 1\n"
            "  notches.count 2\n"
            "  notches.count 3\n"
            "  and 37 more (/network/test_accuracy has them all)\n");
}

TEST(ChanceWarnings, KeepMappingsSchemesAndDataSetsApart) {
  ChanceWarnings warnings;
  warnings.add("min_max", "ptq", "mnist", "notches.count 5");
  warnings.add("max_abs", "ptq", "mnist", "notches.count 5");
  warnings.add("min_max", "qat", "mnist", "notches.count 5");
  warnings.add("min_max", "ptq", "fashion-mnist", "notches.count 5");
  const std::string text = warnings.text(1);
  for (const char* what : {"min_max, ptq on mnist ", "max_abs, ptq on mnist ", "min_max, qat on mnist ",
                           "min_max, ptq on fashion-mnist "}) {
    EXPECT_NE(text.find(std::string("warning: ") + what), std::string::npos) << text;
  }
}

TEST(ChanceWarnings, SayNothingWithoutACause) {
  EXPECT_EQ(ChanceWarnings().text(4), "");
}

}  // namespace
}  // namespace spinsweep::status
