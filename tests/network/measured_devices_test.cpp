#include "network/measured_devices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace spinsweep::network {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr const char* header = "level,device,conductance\n";

MeasuredDevices parse(const std::string& text, double unit = 1.0) {
  return parse_measured_devices(text, "devices.csv", unit);
}

void expect_refused(const std::string& text, const std::string& where, const std::string& phrase) {
  EXPECT_THAT([&] { (void)parse(text); }, ThrowsMessage<InputError>(AllOf(HasSubstr(where), HasSubstr(phrase))))
      << text;
}

TEST(MeasuredDevices, HaveTheMeanOfTheirDevicesAsALevelAndTheDeviationBetweenThemAsItsSpread) {
  const MeasuredDevices measured = parse(std::string(header) + "0,a,1e-5\n0,b,3e-5\n1,a,5e-5\n1,b,7e-5\n");
  EXPECT_THAT(measured.means, testing::ElementsAre(testing::DoubleEq(2e-5), testing::DoubleEq(6e-5)));
  EXPECT_THAT(measured.conductances,
              testing::ElementsAre(testing::ElementsAre(1e-5, 3e-5), testing::ElementsAre(5e-5, 7e-5)));
  const double deviation = std::sqrt(2.0) * 1e-5;  // of two values 2e-5 apart
  EXPECT_THAT(measured.deviations(),
              testing::ElementsAre(testing::DoubleNear(deviation, 1e-19), testing::DoubleNear(deviation, 1e-19)));
  EXPECT_EQ(measured.misread_fraction(), 0.0);
}

TEST(MeasuredDevices, AreSortedByTheirConductanceWhateverTheirLevelsAreCalled) {
  const MeasuredDevices measured = parse(std::string(header) + "2,a,1\n-0.5,a,3\n1e2,a,2\n");
  EXPECT_THAT(measured.means, testing::ElementsAre(1.0, 2.0, 3.0));
}

TEST(MeasuredDevices, AreFoundInColumnsOfAnyOrderWithOthersBesideThem) {
  const MeasuredDevices measured =
      parse("\xef\xbb\xbf\"conductance\", die ,device,level\r\n 2,\"x, y\",\"a \"\"1\"\"\",0\r\n\r\n4,x,b,1\r\n");
  EXPECT_THAT(measured.means, testing::ElementsAre(2.0, 4.0));
  EXPECT_EQ(measured.device_count(), 2U);
}

TEST(MeasuredDevices, AverageTheMeasurementsOfADeviceAtALevel) {
  const MeasuredDevices measured = parse(std::string(header) + "0,a,1\n0,a,3\n0,b,10\n1,a,20\n");
  EXPECT_THAT(measured.conductances.front(), testing::ElementsAre(2.0, 10.0));
  EXPECT_EQ(measured.means.front(), 6.0);
}

TEST(MeasuredDevices, NeedNotBeMeasuredAtEveryLevel) {
  const MeasuredDevices measured = parse(std::string(header) + "0,a,1\n0,b,3\n1,b,8\n");
  EXPECT_TRUE(std::isnan(measured.conductances[1][0]));
  EXPECT_EQ(measured.means[1], 8.0);
  EXPECT_EQ(measured.deviations()[1], 0.0) << "one device has no spread";
}

TEST(MeasuredDevices, AreInTheUnitThatIsGiven) {
  EXPECT_THAT(parse(std::string(header) + "0,a,2\n1,a,8\n", 1e-6).means,
              testing::ElementsAre(testing::DoubleEq(2e-6), testing::DoubleEq(8e-6)));
}

TEST(MeasuredDevices, AreMisreadWhereTheyAreNearerToAnotherLevel) {
  const MeasuredDevices measured = parse(std::string(header) + "0,a,0.5\n0,b,1\n0,c,6\n1,a,9\n1,b,10\n1,c,11\n");
  EXPECT_EQ(measured.means.front(), 2.5);
  EXPECT_DOUBLE_EQ(measured.misread_fraction(), 0.0) << "6 is nearer to 2.5 than to 10";
  EXPECT_DOUBLE_EQ(parse(std::string(header) + "0,a,0.5\n0,b,1\n0,c,7.5\n1,a,9\n1,b,10\n1,c,11\n").misread_fraction(),
                   1.0 / 6.0);
}

TEST(MeasuredDevices, AreRefusedWithoutTheirColumns) {
  expect_refused("level,device,resistance\n0,a,1\n", "devices.csv:1", "there is no column conductance");
  expect_refused("level;device;conductance\n0;a;1\n", "devices.csv:1", "there is no column level");
  expect_refused("", "devices.csv", "the file is empty");
  expect_refused("\n", "devices.csv:1", "there is no column level");
}

TEST(MeasuredDevices, AreRefusedWithALineThatIsNoMeasurement) {
  const std::string good = std::string(header) + "0,a,1\n";
  expect_refused(good + "one,a,2\n", "devices.csv:3", "the level is \"one\", expected a number");
  expect_refused(good + "1,a,2 uS\n", "devices.csv:3", "the conductance is \"2 uS\", expected a number");
  expect_refused(good + "1,a,\n", "devices.csv:3", "the conductance is \"\", expected a number");
  expect_refused(good + "1,a,nan\n", "devices.csv:3", "expected a number");
  expect_refused(good + "1,a,inf\n", "devices.csv:3", "expected a number");
  expect_refused(good + "1,a,0,5\n", "devices.csv:3", "has 4 fields, expected 3");
  expect_refused(good + "1,a\n", "devices.csv:3", "has 2 fields, expected 3");
}

TEST(MeasuredDevices, AreRefusedWithConductancesThatNoDeviceHas) {
  expect_refused(std::string(header) + "0,a,-1e-6\n1,a,1e-6\n", "devices.csv:2", "the conductance is -1e-06 S");
  expect_refused(std::string(header) + "0,a,0\n1,a,1e-6\n", "devices.csv:2", "expected a positive number");
  EXPECT_THAT([] { (void)parse(std::string(header) + "0,a,1e300\n1,a,1\n", 1e30); },
              ThrowsMessage<InputError>(HasSubstr("the conductance is inf S")));
}

TEST(MeasuredDevices, AreRefusedWithFewerThanTwoLevels) {
  expect_refused(header, "devices.csv", "there is no level, expected at least two");
  expect_refused(std::string(header) + "3,a,1\n3,b,2\n", "devices.csv", "there is only one level");
}

TEST(MeasuredDevices, AreRefusedWithLevelsThatOverlapEntirely) {
  expect_refused(std::string(header) + "0,a,1\n0,b,3\n1,a,3\n1,b,1\n", "devices.csv", "overlap entirely");
  expect_refused(std::string(header) + "0,a,1\n0,b,2\n0,c,3\n0,d,4\n7,a,1\n7,b,2\n7,c,3\n7,d,4.1\n", "devices.csv",
                 "the levels 0 and 7 overlap entirely");
  EXPECT_NO_THROW((void)parse(std::string(header) + "0,a,1\n0,b,2\n0,c,4\n1,a,3\n1,b,5\n1,c,6\n"))
      << "in part they may overlap";
}

}  // namespace
}  // namespace spinsweep::network
