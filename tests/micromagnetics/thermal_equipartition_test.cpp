#include <gtest/gtest.h>

#include "micromagnetics/equipartition.hpp"

namespace spinsweep::micromagnetics {
namespace {

TEST(ThermalField, SpreadsTheEnergyEquallyAtSmallDamping) {
  tests::expect_equipartition(12, 4e-9, 0.05, 0.0);
}

TEST(ThermalField, SpreadsTheEnergyEquallyAtVerySmallDamping) {
  tests::expect_equipartition(6, 5e-9, 0.01, 1e-3);
}

TEST(ThermalField, SpreadsTheEnergyEquallyOnAFineMesh) {
  tests::expect_equipartition(12, 1.5e-9, 1.0, -1e-3);
}

TEST(ThermalField, SpreadsTheEnergyEquallyWithStrongDmi) {
  tests::expect_equipartition(12, 3e-9, 0.3, 2e-3);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
