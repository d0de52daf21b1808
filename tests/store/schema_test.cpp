#include "store/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Schema with(Variable variable) {
  return {.groups = {{.path = "/group", .dimensions = {{"case", 3}}, .variables = {std::move(variable)}}}};
}

void expect_refused(const Schema& schema, const std::string& message) {
  const samples::TemporaryFolder folder;
  EXPECT_THAT([&] { create(folder.file("a.h5"), schema); }, ThrowsMessage<Error>(HasSubstr(message)));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "nothing is left behind";
}

TEST(Schema, IsRefusedWithADimensionThatIsNotDefined) {
  expect_refused(with({.name = "a", .dimensions = {"time"}, .units = "m", .long_name = "a"}),
                 "/group/a lies over the dimension 'time'");
}

TEST(Schema, IsRefusedWithADimensionWithoutElements) {
  expect_refused({.groups = {{.dimensions = {{"case", 0}}}}}, "/case: a dimension without elements");
}

TEST(Schema, IsRefusedWithANameThatIsGivenTwice) {
  expect_refused({.groups = {{.dimensions = {{"case", 1}, {"case", 2}}}}}, "/case: could not be created");
}

TEST(Schema, IsRefusedWithInitialDataOfAnotherSizeOrKind) {
  expect_refused(with({.name = "a", .dimensions = {"case"}, .initial = std::vector<double>{1.0, 2.0}}),
                 "/group/a: 2 initial values for 3 elements");
  expect_refused(
      with({.name = "a", .type = Type::text, .dimensions = {"case"}, .initial = std::vector<std::string>{"one"}}),
      "/group/a: 1 initial values for 3 elements");
  expect_refused(with({.name = "a", .dimensions = {"case"}, .initial = std::vector<std::string>{"a", "b", "c"}}),
                 "/group/a: could not be written");
}

TEST(Schema, FindsADimensionInTheNearestGroupUpwards) {
  const Schema schema{
      .groups = {{.path = "/", .dimensions = {{"n", 1}, {"m", 2}}},
                 {.path = "/a/b", .dimensions = {{"n", 3}}, .variables = {{.name = "v", .dimensions = {"n", "m"}}}}}};
  const auto axes = axes_of(schema, schema.groups[1], schema.groups[1].variables[0]);
  ASSERT_EQ(axes.size(), 2U);
  EXPECT_EQ(axes[0].path, "/a/b/n");
  EXPECT_EQ(axes[0].size, 3U);
  EXPECT_EQ(axes[1].path, "/m");
  EXPECT_EQ(data_bytes(schema), 3U * 2U * 8U);
}

}  // namespace
}  // namespace spinsweep::store
