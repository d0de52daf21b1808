#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/sample.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::tests {

/// A film near its ground state is a set of harmonic oscillators, two coordinates for each cell, and each has the mean
/// energy kB T/2 whatever couples them: all terms of the model count, and so does the step. noise: of the temperature,
/// which must have settled at its largest.
inline void expect_equipartition(int cells, double cell, double damping, double dmi,
                                 const micromagnetics::NoiseTemperature& noise = {}) {
  const micromagnetics::Mesh mesh{cells, cells, cell, cell, 2e-9};
  // Small enough for the energy to be quadratic: at 0.1 K a cell deviates by about 1e-3.
  const micromagnetics::Material material{.dmi = dmi, .damping = damping, .temperature = 0.1};
  micromagnetics::LlgsSystem system(material, mesh, micromagnetics::Mask(mesh.cells(), 1),
                                    std::make_shared<micromagnetics::DemagField>(mesh, 1.1e6));
  system.set_noise_temperature(noise);
  const double temperature = system.largest_temperature();
  micromagnetics::Material cold = material;
  cold.temperature = 0.0;
  cold.damping = 1.0;
  const micromagnetics::FieldLayout layout(mesh);
  std::vector<double> ground(layout.size(), 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      ground[layout.index(i, j) + 2 * layout.component_size()] = 1.0;
    }
  }
  micromagnetics::LlgsSystem cold_system(cold, mesh, micromagnetics::Mask(mesh.cells(), 1),
                                         std::make_shared<micromagnetics::DemagField>(mesh, 1.1e6));
  micromagnetics::TimeIntegration relaxation(cold_system, 1e-8);
  relaxation.set_magnetization(ground);
  relaxation.advance(0.5e-9);
  const auto total = [&](std::span<const double> m) {
    const micromagnetics::Energies energies = system.energies(m);
    return std::accumulate(energies.begin(), energies.end(), 0.0);
  };
  const double lowest = total(relaxation.magnetization());
  micromagnetics::TimeIntegration integration(system, 1e-5, 3);
  integration.set_magnetization(relaxation.magnetization());
  // The slowest mode decays at about alpha gamma0 (2 K/(mu0 Ms) - Ms) = 8e10 alpha 1/s.
  const double decay = 1.0 / (2.0 * damping / (1.0 + damping * damping) * 8e10);
  Sample energy;
  integration.advance(8.0 * decay);
  for (int k = 0; k < 400; ++k) {
    integration.advance(integration.time() + 1.0 * decay);
    energy.add((total(integration.magnetization()) - lowest) /
               (static_cast<double>(mesh.cells()) * constants::boltzmann_constant * temperature));
  }
  // Samples separated by one decay time are not quite independent, hence the wider bound; one per cent is what the step
  // allows.
  EXPECT_LT(energy.error(), 0.01);
  EXPECT_NEAR(energy.mean(), 1.0, 5.0 * energy.error() + 0.01)
      << "damping " << damping << ", cell " << cell << ", D " << dmi << ", error " << energy.error();
  testing::Test::RecordProperty("mean_energy_per_cell_over_kT", std::to_string(energy.mean()));
  testing::Test::RecordProperty("error", std::to_string(energy.error()));
}

}  // namespace spinsweep::tests
