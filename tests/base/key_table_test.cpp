#include "base/key_table.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace spinsweep::keys {
namespace {

enum class Shape { square, round };

struct Part {
  Shape shape = Shape::square;
  std::optional<double> depth;

  static void declare(auto& key);
};

struct Whole {
  double width = 2.0;
  double limit = std::numeric_limits<double>::infinity();
  int count = 1;
  bool is_open = false;
  std::string name = {};
  std::vector<int> sizes = {1, 2};
  std::vector<std::string> names = {"b"};
  Part part;

  static double half_the_width(const Whole& whole) { return 0.5 * whole.width; }
  static void add_a(std::vector<std::string>& names) { names.insert(names.begin(), "a"); }

  static void declare(auto& key) {
    key("width", &Whole::width, "m", positive, "width; of the whole");
    key("limit", &Whole::limit, "s", positive, "limit", Role::run);
    key("count", &Whole::count, "1", between(1, 5), "count");
    key("is_open", &Whole::is_open, "whether it is open");
    key("name", &Whole::name, "name");
    key("sizes", &Whole::sizes, "1", positive, "sizes");
    key.checked("names", &Whole::names, {}, &add_a, "names");
    key.table("part", &Whole::part);
  }
};

void Part::declare(auto& key) {
  key("shape", &Part::shape, {"square", "round"}, "shape").only_for = "neuron";
  key.following("depth", &Part::depth, "m", positive, "depth", "width/2", &Whole::half_the_width);
}

const Key<Whole>& key_of(const std::string& path) {
  static const auto list = keys_of<Whole>();
  for (const auto& key : list) {
    if (key.path == path) {
      return key;
    }
  }
  throw std::out_of_range(path);
}

TEST(KeyTable, TakesTheTypeFromTheMember) {
  const std::vector<std::pair<const char*, Type>> types = {
      {"width", Type::number},   {"count", Type::integer}, {"is_open", Type::boolean}, {"name", Type::text},
      {"sizes", Type::integers}, {"names", Type::texts},   {"part.shape", Type::text}, {"part.depth", Type::number}};
  for (const auto& [path, type] : types) {
    EXPECT_EQ(key_of(path).type, type) << path;
  }
}

TEST(KeyTable, CountsAsPhysicsUnlessAKeySaysOtherwise) {
  EXPECT_EQ(key_of("width").role, Role::physics);
  EXPECT_EQ(key_of("part.depth").role, Role::physics);
  EXPECT_EQ(key_of("limit").role, Role::run);
}

TEST(KeyTable, ReadsAndWritesTheMember) {
  Whole whole;
  key_of("width").set(whole, 3.0);
  key_of("count").set(whole, 4.0);
  key_of("part.shape").assign(whole, Value(std::string("round")));
  key_of("sizes").assign(whole, Value(std::vector<std::int64_t>{7}));
  EXPECT_EQ(whole.width, 3.0);
  EXPECT_EQ(whole.count, 4);
  EXPECT_EQ(whole.part.shape, Shape::round);
  EXPECT_EQ(whole.sizes, std::vector<int>{7});
  EXPECT_EQ(key_of("count").get(whole), 4.0);
  EXPECT_EQ(std::get<std::string>(key_of("part.shape").value(whole)), "round");
}

TEST(KeyTable, FollowsFromOtherMembersUntilItIsGiven) {
  Whole whole;
  const auto& depth = key_of("part.depth");
  EXPECT_FALSE(depth.is_given(whole));
  EXPECT_EQ(depth.get(whole), 1.0);
  depth.set(whole, 5.0);
  EXPECT_TRUE(depth.is_given(whole));
  EXPECT_EQ(depth.get(whole), 5.0);
}

TEST(KeyTable, IsNotGivenWhereItIsUnlimitedOrEmpty) {
  Whole whole;
  EXPECT_FALSE(key_of("limit").is_given(whole));
  EXPECT_FALSE(key_of("name").is_given(whole));
  whole.limit = 1.0;
  whole.name = "x";
  EXPECT_TRUE(key_of("limit").is_given(whole));
  EXPECT_TRUE(key_of("name").is_given(whole));
}

TEST(KeyTable, ChecksWhatTypeAndRangeDoNotSay) {
  Value names = std::vector<std::string>{"b"};
  key_of("names").check(names);
  EXPECT_EQ(std::get<std::vector<std::string>>(names), (std::vector<std::string>{"a", "b"}));
}

TEST(KeyTable, TakesTheLongNameFromTheDocumentation) {
  EXPECT_EQ(key_of("width").long_name, "width");
  EXPECT_EQ(key_of("part.shape").only_for, "neuron");
}

}  // namespace
}  // namespace spinsweep::keys
