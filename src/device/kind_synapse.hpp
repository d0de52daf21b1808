#pragma once

#include "device/common_parameters.hpp"
#include "device/kind.hpp"
#include "device/readout.hpp"

namespace spinsweep::device {

/// The paper's synapse: notches pin the wall, and the tunnel junction reads the whole track.
struct Synapse {
  static constexpr std::string_view name = "synapse";
  static constexpr Derived derives = Derived::levels;

  struct Parameters {
    static void declare(auto& /*key*/) {}
  };

  static void set_defaults(CommonParameters& p, Parameters& /*own*/) {
    p.track = {.length = 1500e-9, .width = 150e-9, .thickness = 2e-9, .cell = 3e-9};
    p.notches.count = 5;
    p.pulse = {.current_density = 0.5e12, .duration = 10e-9, .relaxation = 10e-9};
  }

  [[nodiscard]] static double conductance(const CommonParameters& p, const Parameters& /*own*/,
                                          const Readout& readout) {
    return track_conductance(readout.mean.z, p.mtj);
  }

  [[nodiscard]] static std::optional<Problem> find_problem(const CommonParameters& /*p*/, const Parameters& /*own*/) {
    return {};
  }
};

}  // namespace spinsweep::device
