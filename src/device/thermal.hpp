#pragma once

#include <cstdint>

#include "base/key.hpp"

namespace spinsweep::device {

/// What is recorded of a case.
enum class Record {
  lean,    ///< what is read after each pulse, and the number of walls
  traces,  ///< that and the traces
  full     ///< that and the maps
};

/// The thermal noise of a case at material.temperature > 0.
struct Thermal {
  int realization = 0;
  int realizations = 1;
  Record record = Record::lean;
  std::uint64_t seed = 0;  ///< follows from the study's seed and from what the case is; no key of the sweep file

  static void declare(auto& key) {
    key("realization", &Thermal::realization, "1", keys::between(0, 1e9),
        "number of the realisation of the thermal noise; cases that differ in nothing else are a sample of one "
        "ensemble",
        keys::Role::dynamics);
    key("realizations", &Thermal::realizations, "1", keys::between(1, 1e6),
        "number of realisations of every case; an axis thermal.realization that runs fastest. /variants has their "
        "statistics",
        keys::Role::evaluation)
        .is_axis = false;
    key("record", &Thermal::record, {"lean", "traces", "full"},
        "what is recorded of each of several realisations; lean: position, conductance and number of walls after the "
        "pulses, traces: the traces too, full: the maps too",
        keys::Role::dynamics);
  }
};

}  // namespace spinsweep::device
