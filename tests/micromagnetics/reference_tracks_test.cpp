#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/reference_fields.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// Runs a driven wall as OOMMF ran it and compares <m> and the energies at every sample.
void expect_agreement(const std::string& file_name, device::DeviceParameters parameters) {
  const tests::Table reference = tests::read_table(file_name);
  parameters.material.damping = 0.3;
  const Mesh mesh = device::make_mesh(parameters);
  auto demag = std::make_shared<DemagField>(mesh, parameters.material.saturation_magnetization);
  LlgsSystem system(parameters.material, mesh, device::make_mask(parameters), demag);
  TimeIntegration integration(system, parameters.tolerance);
  integration.set_magnetization(device::straight_wall(parameters));
  ASSERT_GT(reference.rows.size(), 10U);
  double worst = 0.0;
  double worst_energy = 0.0;
  for (const auto& row : reference.rows) {
    device::advance(integration, parameters.pulse, row[0]);
    const Vector3 mean = system.mean_magnetization(integration.magnetization());
    const Energies energy = system.energies(integration.magnetization());
    worst = std::max({worst, std::abs(mean.x - row[1]), std::abs(mean.y - row[2]), std::abs(mean.z - row[3])});
    for (std::size_t term = 0; term < 4; ++term) {
      worst_energy = std::max(worst_energy, std::abs(energy[term] / row[4 + term] - 1.0));
    }
  }
  testing::Test::RecordProperty("largest_difference_of_mean", std::to_string(worst * 1e6) + "e-6");
  testing::Test::RecordProperty("largest_relative_difference_of_energies", std::to_string(worst_energy * 1e6) + "e-6");
  EXPECT_LE(worst, 1e-4);
  EXPECT_LE(worst_energy, 1e-4);
}

TEST(ReferenceTracks, WallDrivenPastANotchAgreesWithOommf) {
  device::DeviceParameters parameters;
  parameters.track = {.length = 600e-9, .width = 150e-9, .thickness = 2e-9, .cell = 3e-9};
  parameters.notches = {.count = 1, .diameter = 20e-9, .first = 300e-9, .pitch = {}};
  parameters.initial_wall = {.position = 200e-9, .width = 10e-9, .relax = false};
  parameters.pulse = {.current_density = 0.36e12, .duration = 2e-9, .relaxation = 1e-9};
  expect_agreement("track_one_notch.csv", parameters);
}

TEST(ReferenceTracks, WallOnAOneNanometreMeshAgreesWithOommf) {
  device::DeviceParameters parameters;
  parameters.track = {.length = 128e-9, .width = 32e-9, .thickness = 2e-9, .cell = 1e-9};
  parameters.initial_wall = {.position = 48e-9, .width = 10e-9, .relax = false};
  parameters.pulse = {.current_density = 0.30e12, .duration = 0.2e-9, .relaxation = 0.1e-9};
  expect_agreement("track_1nm.csv", parameters);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
