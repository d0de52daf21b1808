#pragma once

#include "base/key.hpp"

namespace spinsweep::device {

/// The heavy metal under the track, which the current heats.
struct HeavyMetal {
  double thickness = 5e-9;
  double resistivity = 2.0e-6;

  static void declare(auto& key) {
    using enum keys::Role;
    key("thickness", &HeavyMetal::thickness, "m", keys::positive,
        "thickness of the heavy metal; for the heat of a pulse. The paper gives neither this nor the resistivity",
        evaluation)
        .only_for = "levels";
    key("resistivity", &HeavyMetal::resistivity, "ohm m", keys::positive,
        "resistivity of the heavy metal; of the order of beta-tungsten (C.-F. Pai et al., Appl. Phys. Lett. 101, "
        "122404, 2012)",
        evaluation)
        .only_for = "levels";
  }
};

/// What the heavy metal lies on, which takes its heat.
struct Substrate {
  double conductivity = 1.4;
  double diffusivity = 8.7e-7;
  double largest_rise = 200.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("conductivity", &Substrate::conductivity, "W m-1 K-1", keys::positive,
        "thermal conductivity of the substrate; that of silica", evaluation)
        .only_for = "levels";
    key("diffusivity", &Substrate::diffusivity, "m2 s-1", keys::positive,
        "thermal diffusivity of the substrate; that of silica", evaluation)
        .only_for = "levels";
    key("largest_rise", &Substrate::largest_rise, "K", keys::positive,
        "temperature rise above which `plan` and `run` warn of the heat of a pulse", evaluation)
        .only_for = "levels";
  }
};

}  // namespace spinsweep::device
