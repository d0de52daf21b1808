#pragma once

#include <vector>

#include "device/kinds.hpp"

namespace spinsweep::device {

/// Everything one simulation depends on.
struct DeviceParameters : CommonParameters, Kinds {
  const Kind* kind = nullptr;

  static void declare(auto& key) {
    key.template base<CommonParameters>();
    key.template base<Kinds>();
  }
};

/// The initial walls, left to right; one unless initial_wall.list has several.
[[nodiscard]] std::vector<ListedWall> initial_walls(const DeviceParameters& parameters);

/// Those of the same device with one straight initial wall there (m), of the same polarity.
[[nodiscard]] DeviceParameters with_straight_wall_at(DeviceParameters parameters, double position);

/// What is recorded of a case: everything, unless it is one of several realisations.
[[nodiscard]] inline Record record_of(const CommonParameters& p) {
  return p.thermal.realizations > 1 ? p.thermal.record : Record::full;
}

/// The object of a kind: kind_of<Synapse>.
template <class K>
inline constexpr Kind kind_of{
    .name = K::name,
    .derives = K::derives,
    .defaults =
        [] {
          DeviceParameters p;
          p.kind = &kind_of<K>;
          K::set_defaults(p, p);
          return p;
        },
    .conductance = [](const DeviceParameters& p, const Readout& readout) { return K::conductance(p, p, readout); },
    .find_problem = [](const DeviceParameters& p) { return K::find_problem(p, p); }};

}  // namespace spinsweep::device
