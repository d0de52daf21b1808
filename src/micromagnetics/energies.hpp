#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "micromagnetics/local_field.hpp"

namespace spinsweep::micromagnetics {

/// The demagnetising term among all terms: before the applied field.
inline constexpr std::size_t demagnetization_index = LocalField::index_of<AppliedField>();

/// A local term among all terms. index: in LocalField.
[[nodiscard]] constexpr std::size_t energy_index(std::size_t index) {
  return index < demagnetization_index ? index : index + 1;
}

/// The terms of the energy in the order of Energies.
inline constexpr auto energy_terms = [] {
  std::array<std::string_view, LocalField::names.size() + 1> terms{};
  terms[demagnetization_index] = "demagnetization";
  for (std::size_t index = 0; index < LocalField::names.size(); ++index) {
    terms[energy_index(index)] = LocalField::names[index];
  }
  return terms;
}();

/// Energy of each term over the whole film, J.
using Energies = std::array<double, energy_terms.size()>;

/// Adds the reduced energy of each local term in a cell (1, or A/m where it is m times a field) and m.H of the
/// demagnetising field (A/m) to the sums of which LlgsSystem::in_joule() makes energies.
inline void add_reduced_energies(const LocalField& local_field, const Stencil& cell, const Vector3& demagnetization,
                                 Energies& sums) {
  local_field.for_each(
      [&](const auto& term, std::size_t index) { sums[energy_index(index)] += reduced_energy(term, cell); });
  sums[demagnetization_index] += dot(cell.centre, demagnetization);
}

/// The same for a cell of a material that varies; the sums are then energies over mu0 Ms times the volume of a cell,
/// A/m.
template <class Local>
void add_energies_as_fields(const LocalField& local_field, const auto& material, const Stencil& cell,
                            const Local& local, double moment, const Vector3& demagnetization, Energies& sums) {
  local_field.for_each([&](const auto& term, std::size_t index) {
    sums[energy_index(index)] += energy_as_field(term, material, cell, local, moment);
  });
  sums[demagnetization_index] -= 0.5 * moment * dot(cell.centre, demagnetization);
}

}  // namespace spinsweep::micromagnetics
