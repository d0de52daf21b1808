#include "base/key_table.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string_view>

namespace spinsweep::keys {
namespace {

enum class Shape { square, round };

struct Piece {
  double length = 0.0;
  std::optional<Shape> shape;

  static void declare(auto& key) {
    key("length", &Piece::length, "m", positive, "length").is_required = true;
    key("shape", &Piece::shape, {"square", "round"}, "shape");
  }
};

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
  std::vector<Piece> pieces;
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
    key.list("pieces", &Whole::pieces, "pieces");
    key.table("part", &Whole::part);
  }
};

void Part::declare(auto& key) {
  key("shape", &Part::shape, {"square", "round"}, "shape").only_for = "neuron";
  key.following("depth", &Part::depth, "m", positive, "depth", "width/2", &Whole::half_the_width);
}

const Key<Whole>& key_of(std::string_view path) {
  static const auto list = keys_of<Whole>();
  for (const auto& key : list) {
    if (key.path == path) {
      return key;
    }
  }
  throw std::out_of_range(std::string(path));
}

TEST(KeyTable, TakesTheTypeFromTheMember) {
  const std::vector<std::pair<const char*, Type>> types = {
      {"width", Type::number},   {"count", Type::integer}, {"is_open", Type::boolean}, {"name", Type::text},
      {"sizes", Type::integers}, {"names", Type::texts},   {"part.shape", Type::text}, {"part.depth", Type::number}};
  for (const auto& [path, type] : types) {
    EXPECT_EQ(key_of(path).type, type) << path;
  }
}

TEST(KeyTable, HoldsAListOfTablesAsRowsOfTheKeysThatAreGiven) {
  Whole whole;
  const auto& key = key_of("pieces");
  EXPECT_EQ(key.type, Type::tables);
  EXPECT_FALSE(key.is_given(whole));
  ASSERT_EQ(key.columns.size(), 2U);
  EXPECT_TRUE(key.columns[0].is_required);
  const std::vector<Row> rows = {{{"length", 2.0}}, {{"length", 3.0}, {"shape", std::string("round")}}};
  key.assign(whole, rows);
  ASSERT_EQ(whole.pieces.size(), 2U);
  EXPECT_EQ(whole.pieces[1].length, 3.0);
  EXPECT_FALSE(whole.pieces[0].shape.has_value());
  EXPECT_EQ(whole.pieces[1].shape, Shape::round);
  EXPECT_EQ(key.value(whole), Value(rows));
}

TEST(KeyTable, CountsAChoiceByItsIndexWhereANumberIsWanted) {
  Whole whole;
  const auto& key = key_of("part.shape");
  EXPECT_TRUE(key.can_be_swept());
  EXPECT_FALSE(key_of("name").can_be_swept());
  key.set(whole, 1.0);
  EXPECT_EQ(whole.part.shape, Shape::round);
  EXPECT_EQ(key.get(whole), 1.0);
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
