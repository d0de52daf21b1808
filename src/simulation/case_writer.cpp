#include "simulation/case_writer.hpp"

#include <algorithm>

#include "device/film.hpp"
#include "device/heating.hpp"
#include "device/track_geometry.hpp"
#include "simulation/case_table.hpp"

namespace spinsweep::simulation {

using store::CaseStatus;

namespace {

/// Of each cell, [y][x]; zero where it is not magnetic.
std::vector<float> values_of(const case_table::CellMap& map, const micromagnetics::Film& film) {
  std::vector<float> values;
  for (std::size_t cell = 0; cell < film.mask.size(); ++cell) {
    values.push_back(film.mask[cell] != 0 ? static_cast<float>(map.value(film, cell)) : 0.0F);
  }
  return values;
}

void write_cell_maps(results::DeviceResults& results, std::uint64_t index, const device::DeviceParameters& p) {
  if (std::ranges::none_of(case_table::cell_maps(), [&](const auto* map) { return map->varies(p); })) {
    return;
  }
  const micromagnetics::Film film = device::make_film(p);
  const auto rows = static_cast<std::uint64_t>(film.mesh.ny);
  const auto columns = static_cast<std::uint64_t>(film.mesh.nx);
  for (const case_table::CellMap* map : case_table::cell_maps()) {
    if (map->varies(p)) {
      results[*map].at(index).write(values_of(*map, film), {rows, columns});
    }
  }
}

}  // namespace

void CaseWriter::finish(std::uint64_t index, const device::DeviceParameters& p, const device::CaseRecord& record,
                        double wall_time) {
  ranks_.on_root([&] {
    for (const auto& write : case_table::case_variable_writers()) {
      write(results_, index, {p, record, wall_time});
    }
    if (device::record_of(p) == device::Record::full) {
      const auto mesh = device::make_mesh(p);
      const auto rows = static_cast<std::uint64_t>(mesh.ny);
      const auto columns = static_cast<std::uint64_t>(mesh.nx);
      results_[case_table::snapshot].at(index).write(
          record.snapshots, {static_cast<std::uint64_t>(p.output.snapshots), rows, columns, 3});
      write_cell_maps(results_, index, p);
    }
    if (p.kind->derives == device::Derived::levels) {
      results_[case_table::temperature_rise].at(index).write(device::largest_rise(p).strip);
    }
    if (p.kind->derives == device::Derived::levels && p.current.flow == device::CurrentFlow::crowded) {
      results_[case_table::notch_resistance].at(index).write(device::resistance_of_a_notch(p));
    }
    results_[case_table::message].at(index).write_text("");
  });
  commit(index, CaseStatus::done);
}

void CaseWriter::fail(std::uint64_t index, const std::string& reason) {
  ranks_.on_root([&] { results_[case_table::message].at(index).write_text(reason); });
  commit(index, CaseStatus::failed);
}

void CaseWriter::set_current_density(std::uint64_t index, double current_density) {
  ranks_.on_root([&] { results_.current_densities().at(index).write(current_density); });
}

void CaseWriter::commit(std::uint64_t index, CaseStatus status) {
  ranks_.on_root([&] { results_[case_table::status].at(index).commit(status); });
}

void CaseWriter::mark(std::uint64_t index, CaseStatus status) {
  ranks_.on_root([&] { results_[case_table::status].at(index).mark(status); });
}

}  // namespace spinsweep::simulation
