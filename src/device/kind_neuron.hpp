#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "device/common_parameters.hpp"
#include "device/kind.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {

/// The paper's neuron: its tunnel junction reads a window of the track.
struct Neuron {
  static constexpr std::string_view name = "neuron";
  static constexpr Derived derives = Derived::activation;

  struct Parameters {
    Window window;

    static void declare(auto& key) { key.table("mtj.window", &Parameters::window); }
  };

  static void set_defaults(CommonParameters& p, Parameters& own) {
    p.track = {.length = 512e-9, .width = 64e-9, .thickness = 2e-9, .cell = 1e-9};
    p.initial_wall.position = 64e-9;
    p.pulse = {.current_density = 0.3e12, .duration = 3e-9, .relaxation = 0.0};
    own.window = {.from = 128e-9, .to = 384e-9};
  }

  [[nodiscard]] static double conductance(const CommonParameters& p, const Parameters& own, const Readout& readout) {
    return window_conductance(readout, own.window, p.mtj);
  }

  [[nodiscard]] static std::optional<Problem> find_problem(const CommonParameters& p, const Parameters& own) {
    const auto& [from, to] = own.window;
    if (exceeds(to, p.track.length, p.track.cell)) {
      return Problem{{"mtj.window.to", "length"},
                     fmt::format("the window of the tunnel junction ends at {:g} m, outside the track of {:g} m", to,
                                 p.track.length)};
    }
    if (exceeds(p.track.cell, to - from, p.track.cell)) {
      return Problem{
          {"mtj.window.to", "mtj.window.from"},
          fmt::format("the window from {:g} to {:g} m is narrower than a cell of {:g} m", from, to, p.track.cell)};
    }
    // Each column has magnetic cells, or notches would leave the wall no path.
    const micromagnetics::Mesh mesh = make_mesh(p);
    const int first = std::max(0, static_cast<int>(from / p.track.cell) - 1);
    for (int i = first; i < mesh.nx && i < first + 4; ++i) {
      if (has_column(own.window, mesh.dx, i)) {
        return {};
      }
    }
    return Problem{
        {"mtj.window.to", "mtj.window.from"},
        fmt::format("no cell of {:g} m has its centre inside the window from {:g} to {:g} m", p.track.cell, from, to)};
  }
};

}  // namespace spinsweep::device
