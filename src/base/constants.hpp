#pragma once

#include <numbers>

/// Physical constants, SI. CODATA 2018 except the vacuum permeability, see below.
namespace spinsweep::constants {

inline constexpr double elementary_charge = 1.602176634e-19;        ///< C
inline constexpr double reduced_planck_constant = 1.054571817e-34;  ///< J s
inline constexpr double bohr_magneton = 9.2740100783e-24;           ///< J/T
inline constexpr double boltzmann_constant = 1.380649e-23;          ///< J/K

/// Vacuum permeability in N/A^2: the value fixed before 2019, which OOMMF and mumax3 use. CODATA 2018 differs by 5e-10.
inline constexpr double vacuum_permeability = 4e-7 * std::numbers::pi;

}  // namespace spinsweep::constants
