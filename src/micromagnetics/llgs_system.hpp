#pragma once

#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/current_ramp.hpp"
#include "micromagnetics/demag_field.hpp"
#include "micromagnetics/energies.hpp"
#include "micromagnetics/film.hpp"
#include "micromagnetics/ghost_rows.hpp"
#include "micromagnetics/llgs_torque.hpp"
#include "micromagnetics/local_field.hpp"
#include "micromagnetics/local_materials.hpp"
#include "micromagnetics/local_torques.hpp"
#include "micromagnetics/material.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/noise_temperature.hpp"

namespace spinsweep::micromagnetics {

/// The demagnetising field between its evaluations: sum over k of weight[k] * field[k].
struct FieldCombination {
  std::array<const double*, 3> field;  ///< vector fields in the system's layout, A/m
  std::array<double, 3> weight;        ///< 1
};

/// The physics of one film: every field term, the torque and the energies on one mesh. It has no state beyond its
/// parameters, of which only the current may depend on time. Vector fields are spans of layout().size() numbers in
/// FieldLayout; they are zero in non-magnetic cells.
///
/// If several ranks share the mesh of the demagnetising field, they share the film: a vector field is that of a rank's
/// own rows, and every function that takes one is collective. A function returns the same on all ranks, and the same as
/// on one rank, to the bit.
class LlgsSystem {
 public:
  /// Of the whole film. Errors: InputError if the cells are not square or the mask does not fit the mesh.
  LlgsSystem(const Material& material, const Mesh& mesh, Mask mask, std::shared_ptr<DemagField> demag)
      : LlgsSystem(Film{material, mesh, std::move(mask), nullptr, nullptr}, std::move(demag)) {}
  LlgsSystem(Film film, std::shared_ptr<DemagField> demag);

  [[nodiscard]] const Mesh& mesh() const { return mesh_; }
  /// Which rank owns which rows of the mesh.
  [[nodiscard]] const RowDecomposition& decomposition() const { return demag_->decomposition(); }
  /// That of this rank's own rows.
  [[nodiscard]] const FieldLayout& layout() const { return layout_; }
  [[nodiscard]] const Mask& mask() const { return mask_; }
  [[nodiscard]] const Material& material() const { return material_; }
  [[nodiscard]] const LocalField& local_field() const { return local_field_; }
  /// Under the current of that time (s).
  [[nodiscard]] LlgsTorque torque_at(double time) const {
    LlgsTorque torque = torque_;
    torque.set_current_density(current_.at(time));
    return torque;
  }
  /// Under the largest current density between the corners.
  [[nodiscard]] LlgsTorque strongest_torque() const {
    LlgsTorque torque = torque_;
    torque.set_current_density(current_.strength());
    return torque;
  }
  [[nodiscard]] const DemagField& demag() const { return *demag_; }
  /// Null if the material is the same everywhere.
  [[nodiscard]] const LocalMaterials* local_materials() const { return local_materials_.get(); }
  /// Null if the current is the same everywhere, along +x, and exerts only a spin-orbit torque.
  [[nodiscard]] const LocalTorques* local_torques() const { return local_torques_.get(); }
  /// Per cell in the layout of one component, how many of its four neighbours are magnetic.
  [[nodiscard]] std::span<const double> neighbours() const { return neighbours_; }

  void set_current_density(double current_density) { current_ = CurrentRamp::constant(current_density); }  ///< A/m^2
  void set_current(const CurrentRamp& current) { current_ = current; }
  [[nodiscard]] const CurrentRamp& current() const { return current_; }
  void set_applied_field(Vector3 field) { local_field_.get<AppliedField>().applied = field; }  ///< A/m

  /// A temperature of the noise that changes in time, in place of the material's. The stepper must be restarted.
  void set_noise_temperature(NoiseTemperature temperature) { noise_temperature_ = std::move(temperature); }
  /// That of the noise at that time (s), K.
  [[nodiscard]] double temperature_at(double time) const {
    return noise_temperature_.at ? noise_temperature_.at(time) : material_.temperature;
  }
  [[nodiscard]] double largest_temperature() const {
    return noise_temperature_.at ? noise_temperature_.largest : material_.temperature;
  }

  /// The rows of neighbouring ranks that the local terms need.
  [[nodiscard]] GhostRows& ghost_rows() { return ghost_rows_; }

  /// Demagnetising field of m, A/m.
  void demagnetizing_field(std::span<const double> m, std::span<double> field);

  /// updated = field + demagnetising field of (m - m_before), A/m, in those columns: the field of m there, if `field`
  /// is that of m_before and both are equal elsewhere.
  void update_demagnetizing_field(Columns columns, std::span<const double> m_before, std::span<const double> m,
                                  std::span<const double> field, std::span<double> updated);

  /// dm/dt in 1/s with every field evaluated at m, under the current of that time (s).
  void derivative(std::span<const double> m, std::span<double> dmdt, double time = 0.0);

  /// Energies of the magnetisation m, J.
  [[nodiscard]] Energies energies(std::span<const double> m);

  /// Adds the energies of the cell at place k of a component to sums of which in_joule() makes energies.
  void add_energies(const Stencil& cell, std::size_t k, const Vector3& demagnetization, Energies& sums) const;
  [[nodiscard]] Energies in_joule(Energies sums) const;

  /// The effective field on the cell at place k of a component, A/m, the demagnetising field given; where the moment of
  /// cells varies times the share of the full moment. Minus mu0 Ms times the volume of a cell it is the derivative of
  /// the energy with respect to m.
  [[nodiscard]] Vector3 energy_gradient_field(const Stencil& cell, std::size_t k, const Vector3& demagnetization) const;

  /// Mean of m over the magnetic cells, by the share of each that is filled, 1.
  [[nodiscard]] Vector3 mean_magnetization(std::span<const double> m) const;

 private:
  /// m, or if ranks share the film a copy of it with its ghost rows.
  [[nodiscard]] const double* with_ghost_rows(std::span<const double> m);
  /// m times the moments of the cells if these vary, else m. buffer: where the product may be put.
  [[nodiscard]] std::span<const double> as_moments(std::span<const double> m, AlignedVector<double>& buffer) const;

  Material material_;
  Mesh mesh_;
  FieldLayout layout_;
  Mask mask_;
  std::size_t magnetic_cells_ = 0;
  std::shared_ptr<DemagField> demag_;
  LocalField local_field_;
  LlgsTorque torque_;  ///< without current
  CurrentRamp current_;
  NoiseTemperature noise_temperature_;
  std::unique_ptr<LocalMaterials> local_materials_;
  std::unique_ptr<LocalTorques> local_torques_;
  AlignedVector<double> neighbours_;
  AlignedVector<double> moments_;  ///< as_moments()
  AlignedVector<double> moments_before_;
  AlignedVector<double> scratch_;
  GhostRows ghost_rows_;
  AlignedVector<double> extended_;  ///< with_ghost_rows()
};

/// Scales m to unit length in every magnetic cell of those columns. Returns false if a number in them is not finite.
[[nodiscard]] bool normalize(const FieldLayout& layout, Columns columns, std::span<double> m);

/// The same in every column.
[[nodiscard]] bool normalize(const FieldLayout& layout, std::span<double> m);

}  // namespace spinsweep::micromagnetics
