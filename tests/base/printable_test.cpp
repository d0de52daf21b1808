#include "base/printable.hpp"

#include <gtest/gtest.h>

namespace spinsweep {
namespace {

TEST(Printable, LeavesOrdinaryTextAsItIs) {
  EXPECT_EQ(printable("damping is \"0.3\", Néel"), "damping is \"0.3\", Néel");
}

TEST(Printable, MakesOneLineOfSeveralAndNothingThatATerminalObeys) {
  EXPECT_EQ(printable("a\nb\tc\x1b[31m\r\x7f"), "a\\nb\\tc\\x1b[31m\\x0d\\x7f");
}

TEST(Printable, CutsWhatIsTooLongToBeRead) {
  EXPECT_EQ(printable(std::string(20'000, 'x')), std::string(300, 'x') + "...");
  EXPECT_EQ(printable(std::string(299, 'x') + "é and more"), std::string(299, 'x') + "...");
}

}  // namespace
}  // namespace spinsweep
