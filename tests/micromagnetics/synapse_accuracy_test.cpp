#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>

#include "micromagnetics/accuracy_cases.hpp"

namespace spinsweep::tests {
namespace {

/// Current density (A/m^2) and number of notches.
class SynapseAccuracy : public testing::TestWithParam<std::tuple<double, int>> {};

TEST_P(SynapseAccuracy, TenTimesTheToleranceMovesTheMeanByLessThanTenThousandthsInANanosecond) {
  device::DeviceParameters p = device::kind_of<device::Synapse>.defaults();
  p.pulse.current_density = std::get<0>(GetParam());
  p.notches.count = std::get<1>(GetParam());
  const double change = change_with_tolerance(p, 1e-9);
  RecordProperty("change", testing::PrintToString(change));
  EXPECT_LE(change, 1e-4);
}

INSTANTIATE_TEST_SUITE_P(CurrentsAndNotches, SynapseAccuracy,
                         testing::Combine(testing::Values(0.20e12, 0.36e12, 0.60e12), testing::Values(0, 5)),
                         [](const auto& info) {
                           return std::to_string(std::lround(std::get<0>(info.param) * 1e-9)) + "_GA_per_m2_with_" +
                                  std::to_string(std::get<1>(info.param)) + "_notches";
                         });

}  // namespace
}  // namespace spinsweep::tests
