#include "export/export_case.hpp"

#include <fmt/format.h>

#include <fstream>
#include <functional>

#include "base/error.hpp"
#include "characterization/pulse_statistics.hpp"
#include "export/device_case.hpp"
#include "export/jump_table_text.hpp"
#include "export/trace_csv.hpp"
#include "export/vtk_image.hpp"

namespace spinsweep::exports {

namespace {

using std::filesystem::path;

/// A file to be, and what makes it.
struct Planned {
  path file;
  std::function<void()> write;
};

void write_text(const path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) {
    throw EnvironmentError(file.string() + ": cannot be written");
  }
}

std::vector<std::uint64_t> chosen_snapshots(const ExportRequest& request, const DeviceCase& device_case) {
  const std::uint64_t count = device_case.snapshot_times().size();
  if (request.snapshot && *request.snapshot >= count) {
    throw InputError(fmt::format("there is no snapshot {}, expected 0 to {}", *request.snapshot, count - 1));
  }
  std::vector<std::uint64_t> chosen;
  for (std::uint64_t k = 0; k < count; ++k) {
    if (!request.snapshot || *request.snapshot == k) {
      chosen.push_back(k);
    }
  }
  return chosen;
}

path snapshot_file(const ExportRequest& request, const DeviceCase& device_case, std::uint64_t snapshot,
                   const std::string& suffix) {
  return request.folder / fmt::format("{}_snapshot{:02}.{}", device_case.name(), snapshot, suffix);
}

void plan_ovf(const ExportRequest& request, const DeviceCase& device_case, std::vector<Planned>& plan) {
  for (const std::uint64_t k : chosen_snapshots(request, device_case)) {
    const path file = snapshot_file(request, device_case, k, "ovf");
    plan.push_back({file, [&request, &device_case, k, file] {
                      const auto values = device_case.snapshot(k);
                      micromagnetics::write_ovf(
                          file,
                          {.mesh = device_case.mesh(),
                           .values = {values.begin(), values.end()},
                           .description = {device_case.description(), fmt::format("Total simulation time: {} s",
                                                                                  device_case.snapshot_times()[k])}},
                          request.ovf_data);
                    }});
  }
}

void plan_saddles(const ExportRequest& request, const DeviceCase& device_case, std::vector<Planned>& plan) {
  for (const SaddlePoint& point : device_case.saddle_points()) {
    const path file = request.folder / fmt::format("{}_{}.ovf", device_case.name(), point.name);
    plan.push_back({file, [&request, &device_case, point, file] {
                      micromagnetics::write_ovf(
                          file,
                          {.mesh = device_case.mesh(),
                           .values = {point.magnetization.begin(), point.magnetization.end()},
                           .description = {device_case.description(),
                                           fmt::format("saddle point {}, wall at {} m", point.name, point.position)}},
                          request.ovf_data);
                    }});
  }
}

void plan_vtk(const ExportRequest& request, const DeviceCase& device_case, std::vector<Planned>& plan) {
  std::vector<std::pair<double, std::string>> series;
  for (const std::uint64_t k : chosen_snapshots(request, device_case)) {
    const path file = snapshot_file(request, device_case, k, "vti");
    series.emplace_back(device_case.snapshot_times()[k], file.filename().string());
    plan.push_back({file, [&device_case, k, file] {
                      write_text(file, vtk_image(device_case.mesh(), device_case.snapshot(k), "m"));
                    }});
  }
  const path collection = request.folder / (device_case.name() + ".pvd");
  plan.push_back({collection, [collection, series] { write_text(collection, paraview_series(series)); }});
  const path in_place = request.folder / (device_case.name() + ".xdmf");
  plan.push_back({in_place, [&request, &device_case, in_place] {
                    const path folder = std::filesystem::absolute(request.folder);
                    const path results = std::filesystem::absolute(request.results_file).lexically_relative(folder);
                    write_text(in_place, xdmf_series(device_case.mesh(),
                                                     fmt::format("{}:/{}/snapshot", results.string(), request.device),
                                                     device_case.snapshot_shape(), request.index,
                                                     device_case.snapshot_times(), "m"));
                  }});
}

void plan_jump_tables(const ExportRequest& request, const DeviceCase& device_case, std::vector<Planned>& plan) {
  const auto jumps = device_case.jumps();
  if (jumps.increasing.empty() && jumps.decreasing.empty()) {
    throw InputError(
        fmt::format("{}: the variant of case {} has no trains of two pulses at least, or not all of its cases are done",
                    request.results_file, request.index));
  }
  const auto [increasing, decreasing] = characterization::exported_tables(jumps);
  for (const auto& [direction, table] : {std::pair("increasing", increasing), {"decreasing", decreasing}}) {
    if (table) {
      const path file = request.folder / fmt::format("{}_dG_{}.txt", device_case.name(), direction);
      plan.push_back({file, [file, table = *table] { write_text(file, jump_table_text(table)); }});
    }
  }
}

}  // namespace

std::vector<path> export_case(const ExportRequest& request) {
  const DeviceCase device_case(request.results_file, request.device, request.index);
  if (request.format != Format::jump_table) {
    device_case.require_recorded(request.format == Format::csv ? device::Record::traces : device::Record::full);
  }
  std::vector<Planned> plan;
  if (request.saddles && request.format != Format::ovf) {
    throw InputError("saddle points are exported as OVF files only; expected --format ovf");
  }
  if (request.saddles) {
    plan_saddles(request, device_case, plan);
  } else if (request.format == Format::ovf) {
    plan_ovf(request, device_case, plan);
  } else if (request.format == Format::vtk) {
    plan_vtk(request, device_case, plan);
  } else if (request.format == Format::jump_table) {
    plan_jump_tables(request, device_case, plan);
  } else {
    const path file = request.folder / (device_case.name() + ".csv");
    plan.push_back({file, [&device_case, file] { write_text(file, trace_csv(device_case)); }});
  }
  for (const Planned& planned : plan) {
    if (!request.force && std::filesystem::exists(planned.file)) {
      throw InputError(fmt::format("{} is there already; use --force to replace it", planned.file.string()));
    }
  }
  std::error_code problem;
  std::filesystem::create_directories(request.folder, problem);
  if (problem) {
    throw EnvironmentError(
        fmt::format("{}: the folder cannot be made: {}", request.folder.string(), problem.message()));
  }
  std::vector<path> files;
  for (const Planned& planned : plan) {
    planned.write();
    files.push_back(planned.file);
  }
  return files;
}

}  // namespace spinsweep::exports
