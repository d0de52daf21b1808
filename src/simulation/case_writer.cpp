#include "simulation/case_writer.hpp"

#include "device/film.hpp"
#include "device/heating.hpp"
#include "device/track_geometry.hpp"
#include "simulation/case_table.hpp"

namespace spinsweep::simulation {

using store::CaseStatus;

namespace {

/// J/m^3, [y][x]
std::vector<float> anisotropy_map(const device::DeviceParameters& p) {
  const micromagnetics::Mask mask = device::make_mask(p);
  const auto maps = device::make_material_maps(p);
  std::vector<float> map;
  for (std::size_t cell = 0; cell < mask.size(); ++cell) {
    map.push_back(mask[cell] != 0 ? static_cast<float>(maps->anisotropy[cell]) : 0.0F);
  }
  return map;
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
      if (device::has_varying_anisotropy(p)) {
        results_[case_table::anisotropy].at(index).write(anisotropy_map(p), {rows, columns});
      }
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
