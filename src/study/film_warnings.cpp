#include "study/film_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"
#include "base/words.hpp"
#include "device/heating.hpp"
#include "micromagnetics/domain_wall.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

/// Moduli between which any film lies, with a factor of ten or more to spare; zero is always allowed.
struct Usual {
  const char* path;
  double lowest;
  double highest;
};
constexpr Usual usual_values[] = {{"material.saturation_magnetization", 1e3, 1e7},
                                  {"material.exchange_stiffness", 1e-13, 1e-9},
                                  {"material.anisotropy", 0.0, 1e8},
                                  {"material.dmi", 0.0, 0.05},
                                  {"material.damping", 1e-5, 10.0},
                                  {"material.temperature", 0.0, 2e3},
                                  {"length", 1e-9, 1e-3},
                                  {"width", 1e-9, 1e-4},
                                  {"thickness", 1e-10, 1e-6},
                                  {"cell", 1e-10, 1e-7},
                                  {"pulse.current_density", 0.0, 1e15},
                                  {"pulse.duration", 1e-15, 1e-3},
                                  {"applied_field.x", 0.0, 1e9},
                                  {"applied_field.y", 0.0, 1e9},
                                  {"applied_field.z", 0.0, 1e9}};

double exchange_length(const micromagnetics::Material& material) {
  return std::sqrt(2.0 * material.exchange_stiffness / constants::vacuum_permeability) /
         material.saturation_magnetization;
}

/// "12 of 40 cases" of those for which `holds`, the first of which `describe` is called for.
template <class Holds, class Describe>
void add_if_any(const DevicePlan& plan, Holds&& holds, Describe&& describe, std::vector<std::string>& warnings) {
  const auto first = std::find_if(plan.cases.begin(), plan.cases.end(), holds);
  if (first != plan.cases.end()) {
    warnings.push_back(fmt::format("{}, {} of {}: {}", plan.base.kind->name,
                                   std::count_if(first, plan.cases.end(), holds), counted(plan.cases.size(), "case"),
                                   describe(*first)));
  }
}

void add_warnings(const DevicePlan& plan, std::vector<std::string>& warnings) {
  using P = device::DeviceParameters;
  for (const Usual& usual : usual_values) {
    const Parameter* key = find_parameter(*plan.base.kind, usual.path);
    if (key == nullptr) {
      continue;
    }
    const auto is_unusual = [&](const P& p) {
      const double value = std::abs(key->get(p));
      return value != 0.0 && (value < usual.lowest || value > usual.highest);
    };
    add_if_any(
        plan, is_unusual,
        [&](const P& p) {
          return fmt::format("{} is {:g} {}, far outside any film; was another unit meant?", key->path, key->get(p),
                             key->unit);
        },
        warnings);
  }
  using micromagnetics::domain_wall_width;
  using micromagnetics::effective_anisotropy;
  const auto is_in_plane = [](const P& p) { return effective_anisotropy(p.material) <= 0.0; };
  add_if_any(
      plan, is_in_plane,
      [](const P& p) {
        return fmt::format(
            "the anisotropy of {:g} J/m3 does not outweigh the demagnetising field: the film is "
            "magnetised in its plane and has no wall",
            p.material.anisotropy);
      },
      warnings);
  const auto is_too_coarse = [&](const P& p) {
    return p.track.cell > exchange_length(p.material) ||
           (!is_in_plane(p) && p.track.cell > domain_wall_width(p.material));
  };
  const auto is_coarse = [&](const P& p) {
    return !is_too_coarse(p) && !is_in_plane(p) && p.track.cell > 0.5 * domain_wall_width(p.material);
  };
  add_if_any(
      plan, is_coarse,
      [](const P& p) {
        return fmt::format(
            "cells of {:g} nm are wider than half of the wall width of {:.2g} nm: pinning positions and depinning "
            "currents depend on where the cells lie",
            p.track.cell * 1e9, domain_wall_width(p.material) * 1e9);
      },
      warnings);
  add_if_any(
      plan, is_too_coarse,
      [&](const P& p) {
        return fmt::format(
            "cells of {:g} nm are larger than the exchange length of {:.2g} nm{}: they pin walls that "
            "are free in the film",
            p.track.cell * 1e9, exchange_length(p.material) * 1e9,
            is_in_plane(p) ? "" : fmt::format(" or the wall width of {:.2g} nm", domain_wall_width(p.material) * 1e9));
      },
      warnings);
}

void add_heat_warning(const DevicePlan& plan, std::vector<std::string>& warnings) {
  using P = device::DeviceParameters;
  if (plan.base.kind->derives != device::Derived::levels) {
    return;
  }
  add_if_any(
      plan, [](const P& p) { return device::largest_rise(p).strip > p.substrate.largest_rise; },
      [](const P& p) {
        const device::TemperatureRise rise = device::largest_rise(p);
        return fmt::format(
            "a current density of {:g} A/m2 heats the film by {:.0f} K ({:.0f} K if it were infinitely wide), more "
            "than substrate.largest_rise of {:g} K",
            p.pulse.current_density, rise.strip, rise.half_space, p.substrate.largest_rise);
      },
      warnings);
}

}  // namespace

std::vector<std::string> film_warnings(const Study& study) {
  std::vector<std::string> warnings;
  for (const DevicePlan& plan : study.devices) {
    add_warnings(plan, warnings);
    add_heat_warning(plan, warnings);
  }
  return warnings;
}

}  // namespace spinsweep::study
