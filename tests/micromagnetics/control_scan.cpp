#include "micromagnetics/control_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "micromagnetics/time_integration.hpp"

namespace spinsweep::tests {

using micromagnetics::FieldLayout;
using micromagnetics::Mesh;

std::string ControlPoint::text() const {
  return fmt::format("J {:g} A/m2, damping {:g}, D {:g} J/m2, cell {:g} nm", current_density, damping, dmi, cell * 1e9);
}

namespace {

std::vector<double> wall(const Mesh& mesh, double dmi) {
  const FieldLayout layout(mesh);
  std::vector<double> m(layout.size(), 0.0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const double u = (mesh.x(i) - 0.4 * mesh.nx * mesh.dx) / 8e-9;
      m[layout.index(i, j)] = std::copysign(1.0, dmi) / std::cosh(u);
      m[layout.index(i, j) + 2 * layout.component_size()] = std::tanh(u);
    }
  }
  return m;
}

}  // namespace

ControlFigures control_figures(const ControlPoint& point, int columns, int rows, double duration) {
  constexpr double tolerance = 1e-5;
  const Mesh mesh{columns, rows, point.cell, point.cell, 2e-9};
  const micromagnetics::Material material{.dmi = point.dmi, .damping = point.damping};
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, material.saturation_magnetization);
  micromagnetics::LlgsSystem system(material, mesh, micromagnetics::Mask(mesh.cells(), 1), demag);
  const auto run = [&](double wanted) {
    micromagnetics::TimeIntegration integration(system, wanted);
    integration.set_magnetization(wall(mesh, point.dmi));
    integration.set_current_density(point.current_density);
    integration.advance(duration);
    const auto m = integration.magnetization();
    return std::vector<double>(m.begin(), m.end());
  };
  const auto coarse = run(tolerance);
  const auto fine = run(0.1 * tolerance);
  const auto a = system.mean_magnetization(coarse);
  const auto b = system.mean_magnetization(fine);
  ControlFigures figures;
  figures.mean_difference = std::max({std::abs(a.x - b.x), std::abs(a.y - b.y), std::abs(a.z - b.z)});
  const FieldLayout layout(mesh);
  const std::size_t size = layout.component_size();
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      const std::size_t k = layout.index(i, j);
      const double length = std::hypot(coarse[k], coarse[k + size], coarse[k + 2 * size]);
      figures.length_error = std::max(figures.length_error, std::abs(length - 1.0));
      for (const std::size_t c : {k, k + size, k + 2 * size}) {
        figures.largest_difference = std::max(figures.largest_difference, std::abs(coarse[c] - fine[c]));
      }
    }
  }
  return figures;
}

}  // namespace spinsweep::tests
