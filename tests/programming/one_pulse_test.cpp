#include <gtest/gtest.h>

#include "device/drive.hpp"
#include "programming/writable_device.hpp"

namespace spinsweep::programming {
namespace {

TEST(WithOnePulse, LeavesOutTheTrainTheWayBackAndTheReset) {
  device::DeviceParameters p;
  p.pulse = {.current_density = 2.0, .duration = 3e-9, .relaxation = 1e-9, .rise = 1e-9};
  const device::Drive one(p.pulse);
  p.pulse.count = 5;
  p.pulse.depression = -1.0;
  p.pulse.reset = {.current_density = -7.0, .duration = 4e-9};
  const device::Drive found(with_one_pulse(p).pulse);
  EXPECT_EQ(found.corners(), one.corners());
  EXPECT_EQ(found.readings(), one.readings());
  EXPECT_EQ(found.peak(), 2.0);
}

}  // namespace
}  // namespace spinsweep::programming
