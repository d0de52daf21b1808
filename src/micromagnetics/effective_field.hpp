#pragma once

#include <span>

#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The effective field of m without current, A/m, with the demagnetising field, zero in cells that are not magnetic;
/// the energy of m, J. It is minus the derivative of the energy to m, divided by mu0 Ms V. The film must not be shared
/// by several ranks.
[[nodiscard]] double effective_field(LlgsSystem& system, std::span<const double> m, std::span<double> field);

/// The sum of all terms of the energy, J.
[[nodiscard]] double total_energy(const Energies& energies);

/// Upper bound of the curvature of the energy along a unit vector of the magnetisations of all cells, divided by mu0 Ms
/// V, A/m: a descent that adds field/bound to the magnetisation lowers the energy.
[[nodiscard]] double curvature_bound(const LlgsSystem& system);

}  // namespace spinsweep::micromagnetics
