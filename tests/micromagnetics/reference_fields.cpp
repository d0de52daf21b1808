#include "micromagnetics/reference_fields.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace spinsweep::tests {

Table read_table(const std::string& file_name) {
  std::ifstream file(std::string(SPINSWEEP_TEST_DATA) + "/" + file_name);
  if (!file) {
    throw std::runtime_error("cannot read the reference data " + file_name);
  }
  Table table;
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) {
      continue;
    }
    std::istringstream cells(line);
    std::string cell;
    if (table.columns.empty()) {
      while (std::getline(cells, cell, ',')) {
        table.columns.push_back(cell);
      }
      continue;
    }
    auto& row = table.rows.emplace_back();
    while (std::getline(cells, cell, ',')) {
      row.push_back(std::stod(cell));
    }
  }
  return table;
}

ReferenceFields read_reference_fields() {
  ReferenceFields reference;
  reference.material = {.saturation_magnetization = 1.1e6,
                        .exchange_stiffness = 2e-11,
                        .anisotropy = 1.0e6,
                        .dmi = 1.5e-3,
                        .damping = 0.3,
                        .gyromagnetic_ratio = 2.211e5,
                        .spin_hall_angle = 0.4};
  reference.mesh = {.nx = 40, .ny = 16, .dx = 3e-9, .dy = 3e-9, .dz = 2e-9};
  reference.current_density = -0.3e12;
  reference.exchange_energy = 7.653079789395423e-19;
  reference.anisotropy_energy = 5.6734181896807132e-18;
  reference.dmi_energy = -2.1467005369030265e-19;
  reference.demag_energy = 3.9506348081985276e-18;
  const micromagnetics::FieldLayout layout(reference.mesh);
  const Table table = read_table("fields_40x16.csv");
  reference.mask.assign(reference.mesh.cells(), 0);
  std::size_t first_column = 2;
  for (auto* field :
       {&reference.m, &reference.exchange, &reference.anisotropy, &reference.dmi, &reference.demag, &reference.dmdt}) {
    field->assign(layout.size(), 0.0);
    for (const auto& row : table.rows) {
      const std::size_t k = layout.index(static_cast<int>(row[0]), static_cast<int>(row[1]));
      for (std::size_t component = 0; component < 3; ++component) {
        (*field)[k + component * layout.component_size()] = row[first_column + component];
      }
    }
    first_column += 3;
  }
  for (const auto& row : table.rows) {
    const bool magnetic = row[2] != 0.0 || row[3] != 0.0 || row[4] != 0.0;
    reference.mask[static_cast<std::size_t>(row[1]) * 40 + static_cast<std::size_t>(row[0])] = magnetic ? 1 : 0;
  }
  return reference;
}

double relative_l2_error(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0.0;
  double norm = 0.0;
  for (std::size_t k = 0; k < b.size(); ++k) {
    difference += (a[k] - b[k]) * (a[k] - b[k]);
    norm += b[k] * b[k];
  }
  return std::sqrt(difference / norm);
}

}  // namespace spinsweep::tests
