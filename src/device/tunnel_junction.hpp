#pragma once

#include "base/key.hpp"

namespace spinsweep::device {

/// The part of the track that a tunnel junction reads.
struct Window {
  double from = 0.0;
  double to = 0.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("from", &Window::from, "m", keys::not_negative, "left end of the window that the tunnel junction reads",
        dynamics);
    key("to", &Window::to, "m", keys::positive, "right end of the window that the tunnel junction reads", dynamics);
  }
};

/// The magnetic tunnel junction.
struct TunnelJunction {
  double resistance_parallel = 5e3;
  double resistance_antiparallel = 10e3;

  static void declare(auto& key) {
    using enum keys::Role;
    key("resistance_parallel", &TunnelJunction::resistance_parallel, "ohm", keys::positive,
        "resistance of the tunnel junction in the parallel state", dynamics);
    key("resistance_antiparallel", &TunnelJunction::resistance_antiparallel, "ohm", keys::positive,
        "resistance of the tunnel junction in the antiparallel state", dynamics);
  }
};

/// How a device that holds a weight is read.
struct Read {
  double voltage = 0.1;
  double duration = 10e-9;

  static void declare(auto& key) {
    using enum keys::Role;
    key("voltage", &Read::voltage, "V", keys::positive, "read voltage of an input of 1; others are proportional",
        evaluation)
        .only_for = "levels";
    key("duration", &Read::duration, "s", keys::positive, "duration of the read pulse", evaluation).only_for = "levels";
  }
};

}  // namespace spinsweep::device
