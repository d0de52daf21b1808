#include "study/parameter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace spinsweep::study {

namespace {

using device::DeviceParameters;

constexpr double infinity = std::numeric_limits<double>::max();
constexpr double tiny = std::numeric_limits<double>::min();

/// The entry of the number `Member` of the part `Part` of DeviceParameters.
template <auto Part, auto Member>
// clang-tidy 14 does not see the moves in a template's designated initialisers.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Parameter entry(std::string path, std::string unit, std::string long_name, double lowest, double highest) {
  using Value = std::remove_cvref_t<decltype(std::declval<DeviceParameters&>().*Part.*Member)>;
  return {.path = std::move(path),
          .unit = std::move(unit),
          .long_name = std::move(long_name),
          .integer = std::is_same_v<Value, int>,
          .lowest = lowest,
          .highest = highest,
          .get =
              [](const DeviceParameters& p) {
                if constexpr (std::is_same_v<Value, std::optional<double>>) {
                  return (p.*Part.*Member).value_or(p.notches.count > 0 ? p.track.length / p.notches.count : 0.0);
                } else {
                  return static_cast<double>(p.*Part.*Member);
                }
              },
          .set =
              [](DeviceParameters& p, double value) {
                if constexpr (std::is_same_v<Value, int>) {
                  p.*Part.*Member = static_cast<int>(std::lround(value));
                } else {
                  p.*Part.*Member = value;
                }
              },
          .given =
              [](const DeviceParameters& p) {
                if constexpr (std::is_same_v<Value, std::optional<double>>) {
                  return (p.*Part.*Member).has_value();
                } else {
                  return true;
                }
              }};
}

std::vector<Parameter> make_parameters() {
  std::vector<Parameter> list = {
      entry<&DeviceParameters::material, &micromagnetics::Material::saturation_magnetization>(
          "material.saturation_magnetization", "A m-1", "saturation magnetisation", tiny, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::exchange_stiffness>(
          "material.exchange_stiffness", "J m-1", "exchange stiffness", tiny, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::anisotropy>(
          "material.anisotropy", "J m-3", "uniaxial anisotropy along z", -infinity, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::dmi>(
          "material.dmi", "J m-2", "interfacial DMI constant", -infinity, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::damping>("material.damping", "1", "Gilbert damping",
                                                                             tiny, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::gyromagnetic_ratio>(
          "material.gyromagnetic_ratio", "m A-1 s-1", "gyromagnetic ratio", tiny, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::spin_polarization>(
          "material.spin_polarization", "1", "polarisation of the spin current", -1.0, 1.0),
      entry<&DeviceParameters::material, &micromagnetics::Material::field_like_torque>(
          "material.field_like_torque", "1", "field-like over damping-like torque", -infinity, infinity),
      entry<&DeviceParameters::material, &micromagnetics::Material::temperature>("material.temperature", "K",
                                                                                 "temperature", 0.0, infinity),
      entry<&DeviceParameters::track, &device::Track::length>("length", "m", "length of the track", tiny, infinity),
      entry<&DeviceParameters::track, &device::Track::width>("width", "m", "width of the track", tiny, infinity),
      entry<&DeviceParameters::track, &device::Track::thickness>("thickness", "m", "thickness of the ferromagnet", tiny,
                                                                 infinity),
      entry<&DeviceParameters::track, &device::Track::cell>("cell", "m", "edge of a cell", tiny, infinity),
      entry<&DeviceParameters::notches, &device::Notches::count>("notches.count", "1", "pairs of notches", 0, 10000),
      entry<&DeviceParameters::notches, &device::Notches::diameter>("notches.diameter", "m", "diameter of a notch",
                                                                    tiny, infinity),
      entry<&DeviceParameters::notches, &device::Notches::first>("notches.first", "m", "position of the first notch",
                                                                 0.0, infinity),
      entry<&DeviceParameters::notches, &device::Notches::pitch>("notches.pitch", "m", "distance of the notches", tiny,
                                                                 infinity),
      entry<&DeviceParameters::wall, &device::Wall::position>("wall.position", "m", "initial position of the wall", 0.0,
                                                              infinity),
      entry<&DeviceParameters::wall, &device::Wall::width>("wall.width", "m", "width of the initial wall", tiny,
                                                           infinity),
      entry<&DeviceParameters::pulse, &device::Pulse::current_density>(
          "pulse.current_density", "A m-2", "current density of the pulse", -infinity, infinity),
      entry<&DeviceParameters::pulse, &device::Pulse::duration>("pulse.duration", "s", "duration of the pulse", tiny,
                                                                infinity),
      entry<&DeviceParameters::pulse, &device::Pulse::rest>("pulse.rest", "s", "rest after the pulse", 0.0, infinity),
      entry<&DeviceParameters::detector, &device::Detector::from>("detector.from", "m", "left end of the detector", 0.0,
                                                                  infinity),
      entry<&DeviceParameters::detector, &device::Detector::to>("detector.to", "m", "right end of the detector", tiny,
                                                                infinity),
      entry<&DeviceParameters::junction, &device::Junction::parallel>("junction.parallel", "ohm", "parallel resistance",
                                                                      tiny, infinity),
      entry<&DeviceParameters::junction, &device::Junction::antiparallel>("junction.antiparallel", "ohm",
                                                                          "antiparallel resistance", tiny, infinity),
      entry<&DeviceParameters::applied_field, &device::AppliedField::x>("applied_field.x", "A m-1",
                                                                        "applied field along x", -infinity, infinity),
      entry<&DeviceParameters::applied_field, &device::AppliedField::y>("applied_field.y", "A m-1",
                                                                        "applied field along y", -infinity, infinity),
      entry<&DeviceParameters::applied_field, &device::AppliedField::z>("applied_field.z", "A m-1",
                                                                        "applied field along z", -infinity, infinity),
      entry<&DeviceParameters::thermal, &device::Thermal::realization>(
          "thermal.realization", "1", "number of the realisation of the thermal noise", 0, 1000000000),
      entry<&DeviceParameters::output, &device::Output::interval>("output.interval", "s", "time between samples", tiny,
                                                                  infinity),
      entry<&DeviceParameters::output, &device::Output::snapshots>("output.snapshots", "1", "magnetisation maps", 2,
                                                                   10000),
  };
  for (auto& parameter : list) {
    parameter.neuron_only = parameter.path.starts_with("detector.");
  }
  return list;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> list = make_parameters();
  return list;
}

const Parameter* find_parameter(device::Kind kind, const std::string& path) {
  const auto found =
      std::find_if(parameters().begin(), parameters().end(), [&](const Parameter& p) { return p.path == path; });
  const bool usable = found != parameters().end() && (!found->neuron_only || kind == device::Kind::neuron);
  return usable ? &*found : nullptr;
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string readable(const Parameter& parameter, double value) {
  if (parameter.unit == "m") {
    return fmt::format("{:g} nm", value * 1e9);
  }
  if (parameter.unit == "s") {
    return fmt::format("{:g} ns", value * 1e9);
  }
  return fmt::format("{:g}", value);
}

std::string variable_name(const std::string& path) {
  if (path == "wall.position") {
    return "initial_wall_position";  // wall_position is what the wall does in time
  }
  std::string name = path;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace spinsweep::study
