#pragma once

#include <cstdint>
#include <span>

#include "micromagnetics/material.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_decomposition.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

/// Three independent numbers of the standard normal distribution for one cell in one time step of the noise `seed`,
/// by the method of G. E. P. Box and M. E. Muller, Ann. Math. Stat. 29, 610 (1958), from philox_4x32_10.
[[nodiscard]] Vector3 normal_numbers(std::uint64_t seed, std::uint64_t step, std::uint32_t cell);

/// 2 alpha kB T/(gamma0 mu0 Ms V), the intensity of the thermal field, A^2 s/m^2.
[[nodiscard]] double thermal_intensity(const Material& material, const Mesh& mesh);

/// The thermal field: white noise, independent in every cell and component, of the strength
///
///   <H(t) H(t')> = 2 alpha kB T/(gamma0 mu0 Ms V) delta(t - t'),   V: volume of a cell,
///
/// held constant over a time step. Source: W. F. Brown, Phys. Rev. 130, 1677 (1963), for the noise of the
/// Gilbert equation; J. L. Garcia-Palacios and F. J. Lazaro, Phys. Rev. B 58, 14937 (1998).
class ThermalField {
 public:
  /// mask: cells() entries. seed: the noise's own number. rows: of the mesh, those that compute() is for.
  ThermalField(const Material& material, const Mesh& mesh, const Mask& mask, std::uint64_t seed, Rows rows);

  /// Writes the field of a step of that number and duration (s) to the magnetic cells of `field`, a vector field of the
  /// rows in FieldLayout, A/m. The field of a cell depends on the step alone, not on the rows.
  void compute(std::uint64_t step, double duration, std::span<double> field) const;

  /// Standard deviation of each component in a step of that duration (s), A/m.
  [[nodiscard]] double deviation(double duration) const;

 private:
  Mesh mesh_;
  FieldLayout layout_;
  const Mask& mask_;
  std::uint64_t seed_;
  Rows rows_;
  double intensity_;  ///< A^2 s/m^2
};

}  // namespace spinsweep::micromagnetics
