#include "sweep/case_writer.hpp"

#include "device/track_geometry.hpp"

namespace spinsweep::sweep {

using store::CaseStatus;

void CaseWriter::finish(std::uint64_t index, const device::DeviceParameters& p, const device::CaseRecord& record,
                        double wall_time) {
  ranks_.on_root([&] { write_record(index, p, record, wall_time); });
  commit(index, CaseStatus::done);
}

void CaseWriter::write_record(std::uint64_t index, const device::DeviceParameters& p, const device::CaseRecord& record,
                              double wall_time) {
  const auto mesh = device::make_mesh(p.track);
  const std::uint64_t samples = record.conductance.size();
  std::vector<double> magnetization;
  std::vector<double> energy;
  for (std::size_t k = 0; k < samples; ++k) {
    const auto& mean = record.magnetization[k];
    magnetization.insert(magnetization.end(), {mean.x, mean.y, mean.z});
    energy.insert(energy.end(), record.energy[k].begin(), record.energy[k].end());
  }
  put("sample_time", {index, 0}, {1, samples}, device::make_schedule(p.pulse, p.output).sample_times);
  put("magnetization", {index, 0, 0}, {1, samples, 3}, magnetization);
  put("wall_position", {index, 0}, {1, samples}, record.wall_position);
  put("conductance", {index, 0}, {1, samples}, record.conductance);
  put("energy", {index, 0, 0}, {1, samples, micromagnetics::energy_terms.size()}, energy);
  file_.write<float>(group_ + "snapshot", {index, 0, 0, 0, 0},
                     {1, static_cast<std::uint64_t>(p.output.snapshots), static_cast<std::uint64_t>(mesh.ny),
                      static_cast<std::uint64_t>(mesh.nx), 3},
                     record.snapshots);
  put("final_position", {index}, {1}, {record.wall_position.back()});
  put("final_conductance", {index}, {1}, {record.conductance.back()});
  put("wall_time", {index}, {1}, {wall_time});
  file_.write_text(group_ + "message", index, "");
}

void CaseWriter::fail(std::uint64_t index, const std::string& reason) {
  ranks_.on_root([&] { file_.write_text(group_ + "message", index, reason); });
  commit(index, CaseStatus::failed);
}

void CaseWriter::set_current_density(std::uint64_t index, double current_density) {
  ranks_.on_root([&] { put("pulse_current_density", {index}, {1}, {current_density}); });
}

void CaseWriter::commit(std::uint64_t index, CaseStatus status) {
  ranks_.on_root([&] { file_.commit_case(group_ + "status", {index}, status); });
}

void CaseWriter::mark(std::uint64_t index, CaseStatus status) {
  ranks_.on_root([&] { file_.mark_case(group_ + "status", {index}, status); });
}

void CaseWriter::put(const std::string& variable, const store::Extent& start, const store::Extent& count,
                     const std::vector<double>& values) {
  file_.write<double>(group_ + variable, start, count, values);
}

}  // namespace spinsweep::sweep
