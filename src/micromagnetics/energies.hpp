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

}  // namespace spinsweep::micromagnetics
