#include "study/check_named_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "device/fields_on_mesh.hpp"
#include "device/readout.hpp"
#include "device/state_file.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/row_decomposition.hpp"
#include "study/connected_cells.hpp"
#include "study/named_files.hpp"

namespace spinsweep::study {

namespace {

using device::DeviceParameters;

/// Whether a key may decide whether a file fits a case.
bool concerns_files(const Parameter& key) {
  const auto is_of = [&](const char* table) { return key.path.starts_with(table); };
  return !is_of("pulse.") && !is_of("thermal.") && !is_of("material.") && !is_of("output.") && !is_of("solver.") &&
         !is_of("applied_field.");
}

/// Cases that differ in what may decide whether files fit.
std::vector<const DeviceParameters*> different_devices(const DevicePlan& plan) {
  std::set<std::vector<keys::Value>> known;
  std::vector<const DeviceParameters*> devices;
  for (const DeviceParameters& p : plan.cases) {
    std::vector<keys::Value> values;
    for (const Parameter& key : device_keys()) {
      if (concerns_files(key)) {
        values.push_back(key.value(p));
      }
    }
    if (known.insert(std::move(values)).second) {
      devices.push_back(&p);
    }
  }
  return devices;
}

/// What a file says and other keys would say in vain.
constexpr std::array<std::pair<const char*, const char*>, 7> replaced_keys = {
    {{"maps.saturation_magnetization", "material.saturation_magnetization"},
     {"maps.exchange_stiffness", "material.exchange_stiffness"},
     {"maps.anisotropy", "material.anisotropy"},
     {"maps.anisotropy", "profile.anisotropy"},
     {"maps.anisotropy_axis", "disorder.grains.axis_spread"},
     {"maps.dmi", "material.dmi"},
     {"maps.dmi", "profile.dmi"}}};

void refuse_vain_keys(const DevicePlan& plan, const std::string& key, const Places& places) {
  const std::string given = key == "initial_wall.file" ? "gives the wall" : "gives that of each cell";
  for (const Axis& axis : plan.axes) {
    const bool is_replaced = std::ranges::any_of(
        replaced_keys, [&](const auto& pair) { return key == pair.first && axis.path == pair.second; });
    if (is_replaced || (key == "initial_wall.file" && axis.path.starts_with("initial_wall."))) {
      throw InputError(fmt::format("{}, so that sweeping {} would change nothing", given, axis.path));
    }
  }
  for (const auto& [map, replaced] : replaced_keys) {
    const bool is_shared = std::string_view(replaced).starts_with("material.");
    if (key == map && !is_shared && places.contains(replaced)) {
      throw InputError(fmt::format("{}, so that {} would change nothing", given, replaced));
    }
  }
}

void check_map(const DeviceParameters& p, const std::string& key) {
  using namespace device;
  for (const MapKey& map : {saturation_magnetization_map, exchange_stiffness_map, anisotropy_map, dmi_map}) {
    if (key == map.path) {
      (void)map_of(p, map);
    }
  }
  if (key == "maps.anisotropy_axis") {
    (void)map_of_axes(p);
  }
}

/// Whether the tunnel junction reads any cell: without one its conductance is not a number.
bool reads_something(const DeviceParameters& p, const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask) {
  const std::vector<double> m(micromagnetics::FieldLayout(mesh).size(), 0.0);
  const micromagnetics::RowDecomposition rows(mesh.ny);
  return !std::isnan(p.kind->conductance(p, {.mesh = mesh, .decomposition = rows, .mask = mask, .m = m, .mean = {}}));
}

/// Makes sure that a wall can be where the files leave magnetic cells.
void check_shape(const DeviceParameters& p) {
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  const micromagnetics::Mask mask = device::make_mask(p);
  const micromagnetics::Columns columns = magnetic_columns(mesh, mask);
  if (columns.empty()) {
    throw InputError("leaves no magnetic cell");
  }
  const std::string ends = fmt::format("from {:g} to {:g} m", columns.begin * mesh.dx, columns.end * mesh.dx);
  if (!connects(mesh, mask, columns)) {
    throw InputError("leaves magnetic cells " + ends + " without a path between these ends for the wall");
  }
  const double wall = p.initial_wall.file.empty() ? device::initial_wall_position(p) : columns.begin * mesh.dx;
  if (device::exceeds(columns.begin * mesh.dx, wall, mesh.dx) ||
      device::exceeds(wall, columns.end * mesh.dx, mesh.dx)) {
    throw InputError(fmt::format("leaves magnetic cells {}, where the wall at {:g} m does not lie", ends, wall));
  }
  if (!reads_something(p, mesh, mask)) {
    throw InputError("leaves no magnetic cell that the tunnel junction reads");
  }
}

void check_fit(const DeviceParameters& p, const std::string& key, const std::optional<fields::FileField>& wall) {
  if (wall) {
    (void)device::state_from_field(p, *wall);
  }
  check_map(p, key);
  if (key == "mask.file" || key == "maps.saturation_magnetization") {
    check_shape(p);
  }
}

void note_name(const std::filesystem::path& folder, const NamedFile& file, DevicePlan& plan) {
  const std::string name = (folder / file.name_in(plan.base)).lexically_normal().string();
  file.key->assign(plan.base, name);
  for (DeviceParameters& p : plan.cases) {
    file.key->assign(p, name);
  }
}

void note_checksum(const std::string& bytes, const NamedFile& file, DevicePlan& plan) {
  const std::string found = checksum_of(bytes);
  const std::string noted = file.checksum_in(plan.base);
  if (!noted.empty() && noted != found) {
    throw InputError(fmt::format("{} has the checksum \"{}\", expected \"{}\": it has changed", file.name_in(plan.base),
                                 found, noted));
  }
  file.checksum->assign(plan.base, found);
  for (DeviceParameters& p : plan.cases) {
    file.checksum->assign(p, found);
  }
}

/// Levels and wells have walls of the polarity of the wall in the file. Errors: InputError if the key says another one.
void note_polarity(const fields::FileField& wall, const Places& places, DevicePlan& plan) {
  const DeviceParameters& any = plan.cases.front();
  const micromagnetics::Mesh mesh = device::make_mesh(any);
  const std::vector<double> m = device::state_from_field(any, wall);
  if (!(device::wall_count(mesh, device::make_mask(any), m) > 0.0)) {
    return;
  }
  const device::WallKind found = device::wall_kind(mesh, m);
  if (places.contains("initial_wall.polarity") && plan.base.initial_wall.polarity != found) {
    const bool is_down_up = found == device::WallKind::down_up;
    throw InputError(fmt::format("{} holds a wall of the polarity {}, expected that of initial_wall.polarity, {}",
                                 wall.name, is_down_up ? "down_up" : "up_down", is_down_up ? "up_down" : "down_up"));
  }
  plan.base.initial_wall.polarity = found;
  for (DeviceParameters& p : plan.cases) {
    p.initial_wall.polarity = found;
  }
}

}  // namespace

void read_named_files(const std::filesystem::path& folder, const Places& places, DevicePlan& plan,
                      FileContents& contents) {
  std::vector<NamedFile> given;
  std::ranges::copy_if(named_files(), std::back_inserter(given),
                       [&](const NamedFile& file) { return !file.name_in(plan.base).empty(); });
  std::optional<fields::FileField> wall;
  // All files are read before the first is checked, which may need the others.
  const auto for_each = [&](auto&& work) {
    for (const NamedFile& file : given) {
      try {
        work(file);
      } catch (const Error& error) {
        throw InputError(fmt::format("{}: {} {}", places.at(file.key->path), file.key->path, error.what()));
      }
    }
  };
  for_each([&](const NamedFile& file) {
    refuse_vain_keys(plan, file.key->path, places);
    note_name(folder, file, plan);
    const std::string name = file.name_in(plan.base);
    const std::string bytes = fields::read_bytes(name);
    fields::FileField field = fields::read_file_field(bytes, name);
    if (file.is_kept()) {
      plan.base.fields[name] = std::make_shared<fields::FileField>(std::move(field));
      contents[name] = bytes;
    } else {
      wall = std::move(field);
    }
    note_checksum(bytes, file, plan);
  });
  for (DeviceParameters& p : plan.cases) {
    p.fields = plan.base.fields;
  }
  for (const DeviceParameters* p : given.empty() ? std::vector<const DeviceParameters*>{} : different_devices(plan)) {
    for_each([&](const NamedFile& file) { check_fit(*p, file.key->path, file.is_kept() ? std::nullopt : wall); });
  }
  for_each([&](const NamedFile& file) {
    if (!file.is_kept()) {
      note_polarity(*wall, places, plan);
    }
  });
}

}  // namespace spinsweep::study
