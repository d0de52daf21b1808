#include "base/words.hpp"

#include <gtest/gtest.h>

namespace spinsweep {
namespace {

TEST(Counted, HasThePluralOfAllButOne) {
  EXPECT_EQ(counted(0, "case"), "0 cases");
  EXPECT_EQ(counted(1, "case"), "1 case");
  EXPECT_EQ(counted(std::size_t{2}, "case"), "2 cases");
  EXPECT_EQ(counted(1, "notch", "notches"), "1 notch");
  EXPECT_EQ(counted(2, "notch", "notches"), "2 notches");
}

}  // namespace
}  // namespace spinsweep
