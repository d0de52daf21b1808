#include <algorithm>

#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "store/case_status.hpp"
#include "study/parameter.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"

namespace spinsweep::sweep {

using store::Type;
using store::Variable;

namespace {

constexpr std::uint64_t message_length = 240;

}  // namespace

store::Group device_group(const study::DevicePlan& plan, device::Kind kind, int cases_at_once) {
  store::Group group{.path = "/" + group_name(kind)};
  std::size_t samples = 0;
  int nx = 0;
  int ny = 0;
  int snapshots = 0;
  std::uint64_t checkpoint_bytes = 0;
  std::vector<double> times;
  for (const auto& p : plan.cases) {
    const auto schedule = device::make_schedule(p.pulse, p.output);
    const auto mesh = device::make_mesh(p.track);
    if (schedule.sample_times.size() > samples) {
      samples = schedule.sample_times.size();
      times = schedule.sample_times;
    }
    checkpoint_bytes = std::max(checkpoint_bytes, largest_checkpoint_bytes(p));
    nx = std::max(nx, mesh.nx);
    ny = std::max(ny, mesh.ny);
    snapshots = std::max(snapshots, p.output.snapshots);
  }
  const auto cases = plan.cases.size();
  group.dimensions = {{"case", cases},
                      {"time", samples},
                      {"component", 3},
                      {"term", micromagnetics::energy_terms.size()},
                      {"snapshot_time", static_cast<std::uint64_t>(snapshots)},
                      {"y", static_cast<std::uint64_t>(ny)},
                      {"x", static_cast<std::uint64_t>(nx)},
                      {"checkpoint_row", checkpoint_rows(cases_at_once)},
                      {"slot", 2},
                      {"checkpoint_byte", checkpoint_bytes},
                      {"message_length", message_length},
                      {"term_name_length", 16}};
  std::string coordinates;
  for (const auto& axis : plan.axes) {
    const study::Parameter* parameter = study::find_parameter(kind, axis.path);
    std::vector<double> values;
    for (const auto& p : plan.cases) {
      values.push_back(parameter->get(p));
    }
    Variable variable = rows(study::variable_name(axis.path), {"case"}, parameter->unit, parameter->long_name);
    variable.initial = values;
    group.variables.push_back(std::move(variable));
    coordinates += (coordinates.empty() ? "" : " ") + study::variable_name(axis.path);
  }
  group.variables.push_back(store::status_variable({"case"}));
  Variable time = rows("time", {"time"}, "s", "time of the longest case from the start of the pulse");
  time.initial = times;
  Variable terms = rows("term_name", {"term", "term_name_length"}, "", "name of the energy term", Type::character);
  terms.initial = std::vector<std::string>(micromagnetics::energy_terms.begin(), micromagnetics::energy_terms.end());
  for (auto& variable : std::vector<Variable>{
           time, terms, rows("message", {"case", "message_length"}, "", "why the case failed", Type::character),
           later("wall_time", {"case"}, "s", "computing time"),
           later("sample_time", {"case", "time"}, "s", "time from the start of the pulse"),
           rows("magnetization", {"case", "time", "component"}, "1", "mean magnetisation (x, y, z)"),
           rows("wall_position", {"case", "time"}, "m", "position of the wall"),
           rows("conductance", {"case", "time"}, "S", "conductance of the device"),
           rows("energy", {"case", "time", "term"}, "J", "energy of each term"),
           later("final_position", {"case"}, "m", "position of the wall at the end"),
           later("final_conductance", {"case"}, "S", "conductance at the end"),
           rows("snapshot", {"case", "snapshot_time", "y", "x", "component"}, "1", "magnetisation (x, y, z)",
                Type::float32),
           rows("checkpoint", {"checkpoint_row", "slot", "checkpoint_byte"}, "1", "cases on their way", Type::uint8)}) {
    group.variables.push_back(std::move(variable));
  }
  for (auto& variable : group.variables) {
    if (variable.name.starts_with("final_") || variable.name == "wall_time") {
      variable.coordinates = coordinates;
    } else if (variable.dimensions.size() > 1 && variable.dimensions[1] == "time" && variable.name != "sample_time") {
      variable.coordinates = "sample_time";
    }
  }
  return group;
}

}  // namespace spinsweep::sweep
