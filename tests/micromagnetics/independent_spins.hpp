#pragma once

#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::tests {

/// Cells that do not feel each other, a sample of one macrospin: no exchange to speak of and no demagnetising field.
class IndependentSpins {
 public:
  struct Parameters {
    double temperature = 300.0;               ///< K
    double damping = 0.5;                     ///< 1
    double anisotropy = 0.0;                  ///< J/m^3
    double edge = 4e-9;                       ///< of a cubic cell, m
    double saturation_magnetization = 1.1e6;  ///< A/m
    int cells_along_edge = 64;
  };

  explicit IndependentSpins(const Parameters& p)
      : mesh_{p.cells_along_edge, p.cells_along_edge, p.edge, p.edge, p.edge},
        material_{.saturation_magnetization = p.saturation_magnetization,
                  .exchange_stiffness = 1e-30,
                  .anisotropy = p.anisotropy,
                  .dmi = 0.0,
                  .damping = p.damping,
                  .temperature = p.temperature},
        system_(material_, mesh_, micromagnetics::Mask(mesh_.cells(), 1),
                std::make_shared<micromagnetics::DemagField>(mesh_, 0.0)) {}

  [[nodiscard]] micromagnetics::LlgsSystem& system() { return system_; }
  [[nodiscard]] double thermal_energy() const { return constants::boltzmann_constant * material_.temperature; }
  /// mu0 Ms V, Wb m.
  [[nodiscard]] double moment() const {
    return constants::vacuum_permeability * material_.saturation_magnetization * mesh_.cell_volume();
  }
  /// Ku V/(kB T)
  [[nodiscard]] double barrier() const { return material_.anisotropy * mesh_.cell_volume() / thermal_energy(); }
  /// Coefficient of the diffusion of a free spin over the sphere, alpha gamma0 kB T/((1 + alpha^2) mu0 Ms V), 1/s.
  [[nodiscard]] double diffusion() const {
    return material_.damping * material_.gyromagnetic_ratio / (1.0 + material_.damping * material_.damping) *
           thermal_energy() / moment();
  }

  [[nodiscard]] std::vector<double> along_z() const {
    const micromagnetics::FieldLayout layout(mesh_);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        m[layout.index(i, j) + 2 * layout.component_size()] = 1.0;
      }
    }
    return m;
  }

  /// Calls use(m of a cell) for every cell.
  template <class Use>
  void for_each_spin(std::span<const double> m, Use use) const {
    const micromagnetics::FieldLayout layout(mesh_);
    const std::size_t size = layout.component_size();
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        const std::size_t k = layout.index(i, j);
        use(micromagnetics::Vector3{m[k], m[k + size], m[k + 2 * size]});
      }
    }
  }

 private:
  micromagnetics::Mesh mesh_;
  micromagnetics::Material material_;
  micromagnetics::LlgsSystem system_;
};

}  // namespace spinsweep::tests
