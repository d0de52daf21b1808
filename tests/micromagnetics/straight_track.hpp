#pragma once

#include <cmath>
#include <memory>
#include <vector>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::tests {

/// A track without notches and without demagnetising field, in which the one-dimensional model of a wall is exact up to
/// the width of a cell.
class StraightTrack {
 public:
  StraightTrack(const micromagnetics::Material& material, const micromagnetics::Mesh& mesh)
      : material_(material),
        mesh_(mesh),
        system_(material, mesh, micromagnetics::Mask(mesh.cells(), 1),
                std::make_shared<micromagnetics::DemagField>(mesh, 0.0)) {}

  [[nodiscard]] micromagnetics::LlgsSystem& system() { return system_; }
  /// Delta, m
  [[nodiscard]] double wall_width() const { return std::sqrt(material_.exchange_stiffness / material_.anisotropy); }

  /// A down|up wall at x (m) of the chirality that the DMI prefers.
  [[nodiscard]] std::vector<double> wall_at(double x) const {
    const micromagnetics::FieldLayout layout(mesh_);
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh_.ny; ++j) {
      for (int i = 0; i < mesh_.nx; ++i) {
        const double u = (mesh_.x(i) - x) / wall_width();
        m[layout.index(i, j)] = std::copysign(1.0 / std::cosh(u), material_.dmi);
        m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
      }
    }
    return m;
  }

  /// Of the wall in m, up to a constant, m.
  [[nodiscard]] double position(std::span<const double> m) const {
    return 0.5 * mesh_.nx * mesh_.dx * (1.0 - system_.mean_magnetization(m).z);
  }

  /// Of a wall that was put in the middle, once its angle and the tilt of the domains have settled within `settling`
  /// (s); averaged over `duration` (s), m/s.
  [[nodiscard]] double velocity(double current_density, double tolerance, double settling, double duration) {
    micromagnetics::TimeIntegration integration(system_, tolerance);
    integration.set_magnetization(wall_at(0.5 * mesh_.nx * mesh_.dx));
    integration.set_current_density(current_density);
    integration.advance(settling);
    const double start = position(integration.magnetization());
    integration.advance(settling + duration);
    return (position(integration.magnetization()) - start) / duration;
  }

 private:
  micromagnetics::Material material_;
  micromagnetics::Mesh mesh_;
  micromagnetics::LlgsSystem system_;
};

}  // namespace spinsweep::tests
