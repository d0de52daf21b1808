#pragma once

#include <string>
#include <vector>

#include "micromagnetics/material.hpp"
#include "micromagnetics/mesh.hpp"

namespace spinsweep::tests {

/// tests/data/fields_40x16.csv: what OOMMF gives for one strongly non-uniform state. Vector fields in FieldLayout.
struct ReferenceFields {
  micromagnetics::Material material;
  micromagnetics::Mesh mesh;
  micromagnetics::Mask mask;
  double current_density = 0.0;  ///< A/m^2
  std::vector<double> m;
  std::vector<double> exchange, anisotropy, dmi, demag;                                         ///< A/m
  std::vector<double> dmdt;                                                                     ///< 1/s
  double exchange_energy = 0.0, anisotropy_energy = 0.0, dmi_energy = 0.0, demag_energy = 0.0;  ///< J
};

[[nodiscard]] ReferenceFields read_reference_fields();

/// ||a - b|| / ||b||
[[nodiscard]] double relative_l2_error(const std::vector<double>& a, const std::vector<double>& b);

/// A numeric CSV file: lines that begin with # are skipped, then a header, then rows of numbers.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<double>> rows;
};

[[nodiscard]] Table read_table(const std::string& file_name);

}  // namespace spinsweep::tests
