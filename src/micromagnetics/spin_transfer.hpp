#pragma once

#include "base/key.hpp"

namespace spinsweep::micromagnetics {

/// Spin-transfer torque of a current in the ferromagnet itself. Without polarisation there is none.
struct SpinTransfer {
  double polarization = 0.0;
  double nonadiabaticity = 0.0;
  double current_ratio = 1.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("polarization", &SpinTransfer::polarization, "1", keys::between(-1.0, 1.0),
        "spin polarisation of the current in the ferromagnet; 0: no spin-transfer torque", dynamics);
    key("nonadiabaticity", &SpinTransfer::nonadiabaticity, "1", keys::any,
        "non-adiabatic over adiabatic spin-transfer torque", dynamics);
    key("current_ratio", &SpinTransfer::current_ratio, "1", keys::not_negative,
        "current density in the ferromagnet over that in the heavy metal; which `pulse.current_density` is", dynamics);
  }

  [[nodiscard]] bool exists() const { return polarization != 0.0 && current_ratio != 0.0; }
};

}  // namespace spinsweep::micromagnetics
