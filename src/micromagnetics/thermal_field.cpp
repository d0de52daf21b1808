#include "micromagnetics/thermal_field.hpp"

#include <cmath>
#include <numbers>

#include "base/constants.hpp"
#include "base/philox.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// In the open interval from 0 to 1.
double uniform(std::uint32_t number) {
  return (number + 0.5) * 0x1p-32;
}

}  // namespace

Vector3 normal_numbers(std::uint64_t seed, std::uint64_t step, std::uint32_t cell) {
  const auto numbers =
      philox_4x32_10({cell, 0, static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32U)}, seed);
  const double radius = std::sqrt(-2.0 * std::log(uniform(numbers[0])));
  const double angle = 2.0 * std::numbers::pi * uniform(numbers[1]);
  const double other_radius = std::sqrt(-2.0 * std::log(uniform(numbers[2])));
  const double other_angle = 2.0 * std::numbers::pi * uniform(numbers[3]);
  return {radius * std::cos(angle), radius * std::sin(angle), other_radius * std::cos(other_angle)};
}

double thermal_intensity(const Material& material, const Mesh& mesh) {
  return 2.0 * material.damping * constants::boltzmann_constant * material.temperature /
         (material.gyromagnetic_ratio * constants::vacuum_permeability * material.saturation_magnetization *
          mesh.cell_volume());
}

ThermalField::ThermalField(const Material& material, const Mesh& mesh, const Mask& mask, std::uint64_t seed, Rows rows)
    : mesh_(mesh),
      layout_({mesh.nx, rows.count(), mesh.dx, mesh.dy, mesh.dz}),
      mask_(mask),
      seed_(seed),
      rows_(rows),
      intensity_(thermal_intensity(material, mesh)) {}

double ThermalField::deviation(double duration) const {
  return std::sqrt(intensity_ / duration);
}

void ThermalField::compute(std::uint64_t step, double duration, std::span<double> field) const {
  const double amplitude = deviation(duration);
  const std::size_t size = layout_.component_size();
  auto cell = static_cast<std::uint32_t>(rows_.begin) * static_cast<std::uint32_t>(mesh_.nx);
  for (int j = 0; j < layout_.ny(); ++j) {
    for (int i = 0; i < mesh_.nx; ++i, ++cell) {
      if (mask_[cell] != 0) {
        const Vector3 h = amplitude * normal_numbers(seed_, step, cell);
        const std::size_t k = layout_.index(i, j);
        field[k] = h.x;
        field[k + size] = h.y;
        field[k + 2 * size] = h.z;
      }
    }
  }
}

}  // namespace spinsweep::micromagnetics
