#include "export/trace_csv.hpp"

#include <fmt/format.h>

#include "micromagnetics/llgs_system.hpp"
#include "simulation/case_table.hpp"

namespace spinsweep::exports {

std::string trace_csv(const DeviceCase& device_case) {
  const auto& time = device_case.sample_times();
  const auto magnetization = device_case.trace(simulation::case_table::magnetization);
  const auto position = device_case.trace(simulation::case_table::wall_position);
  const auto conductance = device_case.trace(simulation::case_table::conductance);
  const auto energy = device_case.trace(simulation::case_table::energy);
  const std::size_t terms = micromagnetics::energy_terms.size();
  std::string text =
      "time (s),magnetization_x (1),magnetization_y (1),magnetization_z (1),wall_position (m),conductance (S)";
  for (const auto& term : micromagnetics::energy_terms) {
    text += fmt::format(",energy_{} (J)", term);
  }
  text += '\n';
  for (std::size_t k = 0; k < time.size(); ++k) {
    text += fmt::format("{},{},{},{},{},{}", time[k], magnetization[3 * k], magnetization[3 * k + 1],
                        magnetization[3 * k + 2], position[k], conductance[k]);
    for (std::size_t term = 0; term < terms; ++term) {
      text += fmt::format(",{}", energy[terms * k + term]);
    }
    text += '\n';
  }
  return text;
}

}  // namespace spinsweep::exports
