#include "study/estimate.hpp"

#include <gtest/gtest.h>

#include <string>

#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

/// Of the study's synapse with other keys.
double seconds(const std::string& keys) {
  return estimated_seconds(parse_study("[synapse]\n" + keys + "\n", "s").weights(), 0);
}

TEST(Estimate, CountsTheTorquesOfACurrentThatVariesAndOfOneInTheFerromagnet) {
  const double plain = seconds("");
  const double transfer = seconds("material.spin_transfer = { polarization = 0.5, current_ratio = 0.4 }");
  EXPECT_GT(transfer, 1.02 * plain);
  EXPECT_LT(transfer, 1.6 * plain);
  // Beside the torque a crowded current has a potential, which is solved once.
  EXPECT_GT(seconds("current = \"crowded\""), transfer + 0.1);
  EXPECT_LT(seconds("current = \"crowded\""), transfer + 0.5);
  EXPECT_DOUBLE_EQ(seconds("material.spin_transfer.nonadiabaticity = 0.5"), plain) << "without a polarisation";
}

TEST(Estimate, CountsAMaterialThatVaries) {
  const double plain = seconds("");
  EXPECT_GT(seconds("edge = \"smooth\""), plain);
  EXPECT_GT(seconds("profile.dmi = 2e-3"), seconds("edge = \"smooth\""));
  EXPECT_GT(seconds("disorder.grains = { size = 20e-9, anisotropy_spread = 0.05 }"), plain);
  EXPECT_LT(seconds("profile.dmi = 2e-3"), 1.5 * plain);
  EXPECT_DOUBLE_EQ(seconds("profile.dmi = 1e-3"), plain) << "which is that of the film";
}

TEST(Estimate, CountsThemAtATemperatureToo) {
  const std::string warm = "material.temperature = 300\npulse = { duration = 1e-10, relaxation = 0 }\n";
  EXPECT_GT(seconds(warm + "material.spin_transfer = { polarization = 0.5, current_ratio = 0.4 }"),
            1.1 * seconds(warm));
}

}  // namespace
}  // namespace spinsweep::study
