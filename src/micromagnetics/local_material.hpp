#pragma once

#include <cstddef>

#include "micromagnetics/stencil.hpp"
#include "micromagnetics/vector3.hpp"

/// What the local terms see of the material at a cell or, if Real is a pack, at several cells next to each other.
namespace spinsweep::micromagnetics {

/// A material that is the same everywhere: the terms use the constants that they hold.
struct UniformMaterial {
  static constexpr bool varies = false;
  static constexpr bool varies_in_moment = false;

  [[nodiscard]] const UniformMaterial& at(std::size_t /*k*/, std::size_t /*row*/) const { return *this; }
  /// The magnetisations of a stencil times the moments of the cells.
  template <class Real>
  [[nodiscard]] const BasicStencil<Real>& of_moments(const BasicStencil<Real>& m, std::size_t /*k*/) const {
    return m;
  }
  /// The variance of the thermal noise of a cell, from that of a cell of the full moment.
  [[nodiscard]] double noise(const UniformMaterial& /*local*/, double variance) const { return variance; }
};

/// A material of grains: exchange with each neighbour, anisotropy and its axis vary from cell to cell. Fields in A/m.
template <class Real>
struct GrainMaterial {
  static constexpr bool varies = true;
  static constexpr bool varies_in_anisotropy = true;
  static constexpr bool varies_in_axis = true;
  static constexpr bool varies_in_moment = false;

  Real exchange_east;  ///< 2 A/(mu0 Ms dx^2) of the pair of cells; zero where one of them is not magnetic
  Real exchange_west;
  Real exchange_north;
  Real exchange_south;
  Real exchange_own;  ///< the sum of the four, or zero to leave out the field along the cell itself, as Stencil has it
  Real anisotropy;    ///< 2 Ku/(mu0 Ms)
  BasicVector3<Real> axis;  ///< unit vector
};

/// A uniform material in cells of which the edge cuts some. The share that is filled cancels in all fields but those of
/// the neighbours, which are over the moment of the cell.
template <class Real>
struct CutMaterial {
  static constexpr bool varies = true;
  static constexpr bool varies_in_anisotropy = false;
  static constexpr bool varies_in_moment = false;

  Real exchange_east;  ///< as in GrainMaterial, times the share of the pair over that of the cell
  Real exchange_west;
  Real exchange_north;
  Real exchange_south;
  Real exchange_own;
  Real dmi_per_exchange;  ///< D dx/(2 A)
};

/// A material in which the DMI and the moment of a cell vary too. The fields above and the DMI's are those that act on
/// a cell of the full moment.
template <class Real>
struct VariedMaterial : GrainMaterial<Real> {
  static constexpr bool varies_in_moment = true;

  Real dmi_east;  ///< D/(mu0 Ms dx) of the pair of cells, A/m
  Real dmi_west;
  Real dmi_north;
  Real dmi_south;
  Real inverse_moment;  ///< moment of a cell of the full moment over the cell's; zero where it has none
  Real torque;          ///< turn by the current's torque over that of the full saturation magnetisation
};

/// The same with the axis of the anisotropy along z everywhere.
template <class Real>
struct UprightMaterial : VariedMaterial<Real> {
  static constexpr bool varies_in_axis = false;
};

}  // namespace spinsweep::micromagnetics
