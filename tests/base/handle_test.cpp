#include "base/handle.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>
#include <vector>

namespace spinsweep {
namespace {

std::vector<int> released;

void release(int handle) noexcept {
  released.push_back(handle);
}

using Owner = UniqueHandle<int, &release, -1>;

static_assert(std::is_nothrow_move_constructible_v<Owner>);
static_assert(std::is_nothrow_move_assignable_v<Owner>);
static_assert(std::is_nothrow_default_constructible_v<Owner>);
static_assert(std::is_nothrow_destructible_v<Owner>);
static_assert(!std::is_copy_constructible_v<Owner>);
static_assert(!std::is_copy_assignable_v<Owner>);
static_assert(!std::is_convertible_v<int, Owner>);
static_assert(!std::is_convertible_v<Owner, int>);

class Handle : public testing::Test {
 protected:
  void SetUp() override { released.clear(); }
};

TEST_F(Handle, IsReleasedOnceAtTheEndOfItsScope) {
  {
    const Owner owner(7);
    EXPECT_EQ(owner.get(), 7);
    EXPECT_TRUE(owner);
  }
  EXPECT_EQ(released, std::vector<int>{7});
}

TEST_F(Handle, ThatOwnsNothingReleasesNothing) {
  {
    const Owner nothing;
    EXPECT_FALSE(nothing);
    EXPECT_EQ(nothing.get(), -1);
  }
  EXPECT_TRUE(released.empty());
}

TEST_F(Handle, ThatIsZeroIsOwnedWhereZeroIsNotNull) {
  { const Owner owner(0); }
  EXPECT_EQ(released, std::vector<int>{0});
}

TEST_F(Handle, IsReleasedByItsLastOwnerAfterAMove) {
  {
    Owner first(1);
    Owner second(std::move(first));
    EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): that is what is tested
    EXPECT_EQ(second.get(), 1);
    EXPECT_TRUE(released.empty());
  }
  EXPECT_EQ(released, std::vector<int>{1});
}

TEST_F(Handle, IsReleasedWhenAnotherIsMovedOverIt) {
  Owner first(1);
  Owner second(2);
  first = std::move(second);
  EXPECT_EQ(released, std::vector<int>{1});
  EXPECT_EQ(first.get(), 2);
}

TEST_F(Handle, SurvivesBeingMovedToItself) {
  Owner owner(3);
  Owner& same = owner;
  owner = std::move(same);
  EXPECT_EQ(owner.get(), 3);
  EXPECT_TRUE(released.empty());
}

TEST_F(Handle, IsReleasedByReset) {
  Owner owner(4);
  owner.reset(5);
  EXPECT_EQ(released, std::vector<int>{4});
  owner.reset();
  EXPECT_EQ(released, (std::vector<int>{4, 5}));
  EXPECT_FALSE(owner);
}

TEST_F(Handle, IsReleasedBeforeACreateFunctionOverwritesIt) {
  Owner owner(6);
  *owner.out() = 8;
  EXPECT_EQ(released, std::vector<int>{6});
  EXPECT_EQ(owner.get(), 8);
}

}  // namespace
}  // namespace spinsweep
