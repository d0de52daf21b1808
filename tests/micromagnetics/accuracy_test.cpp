#include <gtest/gtest.h>

#include "micromagnetics/accuracy_cases.hpp"

namespace spinsweep::tests {
namespace {

TEST(Accuracy, TenTimesTheToleranceMovesTheMeanOfAShortNotchedTrackByLessThanTenThousandths) {
  device::DeviceParameters p = device::kind_of<device::Synapse>.defaults();
  p.track = {.length = 900e-9, .width = 60e-9, .thickness = 2e-9, .cell = 3e-9};
  p.notches = {.count = 3, .diameter = 20e-9, .first = {}, .pitch = {}};
  p.pulse.current_density = 0.36e12;
  EXPECT_LE(change_with_tolerance(p, 0.5e-9), 1e-4);
}

}  // namespace
}  // namespace spinsweep::tests
