#include "store/text.hpp"

#include <gtest/gtest.h>

namespace spinsweep::store {
namespace {

using namespace std::string_literals;

TEST(Text, IsPaddedToItsRowAndComesBackWithoutPadding) {
  EXPECT_EQ(to_row("abc", 5), "abc\0\0"s);
  EXPECT_EQ(from_row("abc\0\0"s), "abc");
  EXPECT_EQ(from_row("\0\0"s), "");
}

TEST(Text, ThatIsTooLongIsCutBetweenCharacters) {
  EXPECT_EQ(to_row("abcdef", 4), "abcd");
  EXPECT_EQ(to_row("aµ", 2), "a\0"s);
  EXPECT_EQ(to_row("aµ", 3), "aµ");
  EXPECT_EQ(to_row("a€b", 3), "a\0\0"s);
  EXPECT_EQ(to_row("😀b", 4), "😀");
  EXPECT_EQ(to_row("anything", 0), "");
}

TEST(Text, ThatIsNotUtf8GetsQuestionMarks) {
  EXPECT_EQ(to_row("a\xFFz", 3), "a?z");
  EXPECT_EQ(to_row("a\xC2", 3), "a?\0"s);
  EXPECT_EQ(to_row("\xC0\x80", 2), "??");
  EXPECT_EQ(to_row("\xED\xA0\x80", 3), "???");
  EXPECT_EQ(to_row("a\0z"s, 3), "a?z");
}

}  // namespace
}  // namespace spinsweep::store
