#pragma once

#include <optional>

#include "base/key.hpp"

namespace spinsweep::device {

struct DeviceParameters;

/// The width of the track at its right end, m.
[[nodiscard]] double width_at_end(const DeviceParameters& parameters);

/// Half the length of the track, m.
[[nodiscard]] double middle_of_track(const DeviceParameters& parameters);

/// What becomes of the cells that the edge cuts.
enum class Edge {
  staircase,  ///< they are magnetic or not
  smooth      ///< their moment, anisotropy and couplings are those of the share that is inside
};

/// The anisotropy and the DMI of a device where nothing else is said.
[[nodiscard]] double material_anisotropy(const DeviceParameters& parameters);
[[nodiscard]] double material_dmi(const DeviceParameters& parameters);
/// m.
[[nodiscard]] double track_length(const DeviceParameters& parameters);

/// How the width of a track goes from that at its left end to that at its right end.
enum class WidthProfile { linear, step };

/// The nanotrack, long axis x, symmetric about its middle line but for its notches.
struct Track {
  double length = 0.0;
  double width = 0.0;
  std::optional<double> width_end = {};
  WidthProfile width_profile = WidthProfile::linear;
  std::optional<double> width_step = {};
  double thickness = 2e-9;
  double cell = 0.0;
  Edge edge = Edge::staircase;

  static void declare(auto& key) {
    key("length", &Track::length, "m", keys::positive, "length of the track; along x");
    key("width", &Track::width, "m", keys::positive, "width of the track; along y, at its left end");
    key.following("width_end", &Track::width_end, "m", keys::positive, "width of the track at its right end", "width",
                  &width_at_end);
    key("width_profile", &Track::width_profile, {"linear", "step"}, "how the width changes along the track");
    key.following("width_step", &Track::width_step, "m", keys::positive,
                  "position at which the width changes; if it does so in a step", "length/2", &middle_of_track);
    key("thickness", &Track::thickness, "m", keys::positive, "thickness of the ferromagnet; along z");
    key("cell", &Track::cell, "m", keys::positive, "edge of a cell; length and width must be whole numbers of cells");
    key("edge", &Track::edge, {"staircase", "smooth"},
        "cells that the edge cuts; magnetic or not, or filled in part, with the share of the moment, the anisotropy, "
        "the exchange and the DMI that lies inside");
  }
};

/// Anisotropy and DMI that change along the track, from those of the material on the left to others on the right.
struct Profile {
  double from = 0.0;
  std::optional<double> to = {};
  std::optional<double> anisotropy = {};
  std::optional<double> dmi = {};

  static void declare(auto& key) {
    using P = Profile;
    key("from", &P::from, "m", keys::not_negative, "where the material begins to change along the track");
    key.following("to", &P::to, "m", keys::not_negative,
                  "where that change ends; linear in between, a step if it is `profile.from`", "length", &track_length);
    key.following("anisotropy", &P::anisotropy, "J m-3", keys::any, "anisotropy beyond `profile.to`",
                  "material.anisotropy", &material_anisotropy);
    key.following("dmi", &P::dmi, "J m-2", keys::any, "DMI constant beyond `profile.to`", "material.dmi",
                  &material_dmi);
  }
};

/// A gate whose voltage changes the anisotropy under it.
struct Gate {
  double from = 0.0;
  double to = 0.0;
  double anisotropy_change = 0.0;

  static void declare(auto& key) {
    using G = Gate;
    key("from", &G::from, "m", keys::not_negative, "left end of a gate");
    key("to", &G::to, "m", keys::not_negative, "right end of the gate");
    key("anisotropy_change", &G::anisotropy_change, "J m-3", keys::any,
        "what the gate adds to the anisotropy under it");
  }
};

}  // namespace spinsweep::device
