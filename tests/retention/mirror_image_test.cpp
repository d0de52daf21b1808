#include "retention/mirror_image.hpp"

#include <gtest/gtest.h>

#include "device/demag_cache.hpp"
#include "device/initial_state.hpp"
#include "device/kind.hpp"
#include "device/track_geometry.hpp"
#include "retention/wells.hpp"

namespace spinsweep::retention {
namespace {

/// A track of 160 nm with two notches.
class MirrorImage : public testing::Test {
 protected:
  static device::DeviceParameters track(double first) {
    device::DeviceParameters p;
    for (const device::Kind* kind : device::kinds()) {
      if (kind->derives == device::Derived::levels) {
        p = kind->defaults();
      }
    }
    p.track = {.length = 160e-9, .width = 40e-9, .thickness = 2e-9, .cell = 5e-9};
    p.notches = {.count = 2, .diameter = 20e-9, .first = first, .pitch = 60e-9};
    return p;
  }

  micromagnetics::LlgsSystem system_of(const device::DeviceParameters& p) {
    return {p.material, device::make_mesh(p), device::make_mask(p), cache_.get(p)};
  }

  device::DemagCache cache_;
};

TEST_F(MirrorImage, OfAWallIsTheWallAtTheMirroredPlace) {
  device::DeviceParameters p = track(50e-9);
  micromagnetics::LlgsSystem system = system_of(p);
  p.initial_wall.position = 40e-9;
  const std::vector<double> left = device::straight_wall(p);
  p.initial_wall.position = 120e-9;
  const std::vector<double> right = device::straight_wall(p);
  const std::vector<double> image = mirror_image(system.layout(), left);
  for (std::size_t k = 0; k < right.size(); ++k) {
    ASSERT_NEAR(image[k], right[k], 1e-12);
  }
}

TEST_F(MirrorImage, IsTheTrackItselfIfItsNotchesLieSymmetrically) {
  micromagnetics::LlgsSystem symmetric = system_of(track(50e-9));
  EXPECT_TRUE(is_mirror_symmetric(symmetric));
  micromagnetics::LlgsSystem shifted = system_of(track(45e-9));
  EXPECT_FALSE(is_mirror_symmetric(shifted));
}

TEST_F(MirrorImage, IsAnotherTrackInAFieldThatFavoursOneDomain) {
  micromagnetics::LlgsSystem system = system_of(track(50e-9));
  system.set_applied_field({1e4, 0.0, 0.0});
  EXPECT_TRUE(is_mirror_symmetric(system));
  system.set_applied_field({0.0, 0.0, 1e3});
  EXPECT_FALSE(is_mirror_symmetric(system));
}

}  // namespace
}  // namespace spinsweep::retention
