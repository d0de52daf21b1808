#include "store/schema_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "store/sample_schema.hpp"

namespace spinsweep::store {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Schema with(Variable variable) {
  return {
      .groups = {{.path = "/group", .dimensions = {{"case", 3}, {"letter", 8}}, .variables = {std::move(variable)}}}};
}

void expect_refused(const Schema& schema, const std::string& message) {
  EXPECT_THAT([&schema] { check(schema); }, ThrowsMessage<Error>(HasSubstr(message)));
}

TEST(SchemaCheck, AcceptsTheSample) {
  EXPECT_NO_THROW(check(samples::sample_schema()));
}

TEST(SchemaCheck, RefusesAQuantityWithoutUnitsOrLongName) {
  expect_refused(with({.name = "a", .dimensions = {"case"}, .long_name = "a"}), "/group/a has no units");
  expect_refused(with({.name = "a", .dimensions = {"case"}, .units = "m"}), "/group/a has no long_name");
}

TEST(SchemaCheck, RefusesADimensionThatNobodyDefines) {
  expect_refused(with({.name = "a", .dimensions = {"time"}, .units = "m", .long_name = "a"}),
                 "/group/a lies over the dimension 'time'");
}

TEST(SchemaCheck, RefusesEmptyAndRepeatedDimensions) {
  expect_refused({.groups = {{.dimensions = {{"case", 0}}}}}, "/case has no elements");
  expect_refused({.groups = {{.dimensions = {{"case", 1}, {"case", 2}}}}}, "/case is defined twice");
}

TEST(SchemaCheck, RefusesNamesThatAreTakenOrNoNames) {
  expect_refused(with({.name = "case", .dimensions = {"letter"}, .units = "m", .long_name = "a"}),
                 "/group/case has the name of another");
  expect_refused(with({.name = "a/b", .units = "m", .long_name = "a"}), "holds a slash");
  expect_refused({.groups = {{.path = "/a"}, {.path = "/a"}}}, "/a is defined twice");
  expect_refused({.groups = {{.path = "a"}}}, "a is not a path");
}

TEST(SchemaCheck, RefusesInitialDataOfAnotherSizeOrKind) {
  expect_refused(with({.name = "a",
                       .dimensions = {"case"},
                       .units = "m",
                       .long_name = "a",
                       .initial = std::vector<double>{1.0, 2.0}}),
                 "/group/a has 2 initial values for 3 elements");
  expect_refused(with({.name = "a",
                       .dimensions = {"case"},
                       .units = "m",
                       .long_name = "a",
                       .initial = std::vector<std::int64_t>{1, 2, 3}}),
                 "/group/a is float64, its initial data are of another kind");
  expect_refused(with({.name = "a",
                       .type = Type::text,
                       .dimensions = {"case"},
                       .long_name = "a",
                       .initial = std::vector<std::string>{"one"}}),
                 "/group/a has 1 initial values for 3 elements");
}

TEST(SchemaCheck, RefusesAFlagWhoseMeaningIsNotOneWord) {
  expect_refused(with({.name = "a", .type = Type::int8, .long_name = "a", .flags = {{0, "not done"}}}), "'not done'");
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
