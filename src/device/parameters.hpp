#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/key.hpp"
#include "micromagnetics/material.hpp"

/// What describes one case of a device sweep, and the keys of the sweep file that say so. All lengths m, times s, SI
/// throughout.
namespace spinsweep::device {

struct DeviceParameters;

enum class Kind { neuron, synapse };

/// length/count of the notches, 0 without notches, m.
[[nodiscard]] double even_pitch(const DeviceParameters& parameters);

/// The rectangular nanotrack, long axis x.
struct Track {
  double length = 0.0;
  double width = 0.0;
  double thickness = 2e-9;
  double cell = 0.0;

  static void declare(auto& key) {
    key("length", &Track::length, "m", keys::positive, "length of the track; along x");
    key("width", &Track::width, "m", keys::positive, "width of the track; along y");
    key("thickness", &Track::thickness, "m", keys::positive, "thickness of the ferromagnet; along z");
    key("cell", &Track::cell, "m", keys::positive, "edge of a cell; length and width must be whole numbers of cells");
  }
};

/// Pairs of semicircular notches, one notch of each pair on either long edge.
struct Notches {
  int count = 0;
  double diameter = 20e-9;
  std::optional<double> first;
  std::optional<double> pitch;

  static void declare(auto& key) {
    key("count", &Notches::count, "1", keys::between(0, 10000), "pairs of notches");
    key("diameter", &Notches::diameter, "m", keys::positive, "diameter of a notch");
    key.following("first", &Notches::first, "m", keys::not_negative, "position of the first notch", "length/count",
                  &even_pitch);
    key.following("pitch", &Notches::pitch, "m", keys::positive, "distance of the notches", "length/count",
                  &even_pitch);
  }
};

/// The initial domain wall, down (-z) on its left and up (+z) on its right.
struct Wall {
  double position = 0.0;
  double width = 10e-9;
  bool relax = true;
  std::string file = {};
  std::string file_checksum = {};

  static void declare(auto& key) {
    key("position", &Wall::position, "m", keys::not_negative, "initial position of the wall");
    key("width", &Wall::width, "m", keys::positive,
        "width of the initial wall; Delta of m_z = tanh((x - position)/Delta)");
    key("relax", &Wall::relax, "whether the initial wall is relaxed before the pulse");
    key("file", &Wall::file,
        "OVF 2.0 file whose magnetisation a case starts from; in place of a straight wall. No other `wall` key but "
        "`relax` has an effect then");
    key("file_checksum", &Wall::file_checksum,
        "checksum of that file; written into the results file, so that a run is not resumed with a file that holds "
        "something else");
  }
};

/// Rectangular current pulse from t = 0, then rest without current.
struct Pulse {
  double current_density = 0.0;
  double duration = 0.0;
  double rest = 0.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("current_density", &Pulse::current_density, "A m-2", keys::any,
        "current density of the pulse; in the heavy metal, along +x", dynamics);
    key("duration", &Pulse::duration, "s", keys::positive, "duration of the pulse", dynamics);
    key("rest", &Pulse::rest, "s", keys::not_negative, "rest after the pulse", dynamics);
  }
};

/// Part of the track the neuron's tunnel junction reads.
struct Detector {
  double from = 0.0;
  double to = 0.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("from", &Detector::from, "m", keys::not_negative, "left end of the detector", dynamics).only_for = "neuron";
    key("to", &Detector::to, "m", keys::positive, "right end of the detector", dynamics).only_for = "neuron";
  }
};

/// Resistances of the magnetic tunnel junction.
struct Junction {
  double parallel = 5e3;
  double antiparallel = 10e3;

  static void declare(auto& key) {
    using enum keys::Role;
    key("parallel", &Junction::parallel, "ohm", keys::positive, "parallel resistance", dynamics);
    key("antiparallel", &Junction::antiparallel, "ohm", keys::positive, "antiparallel resistance", dynamics);
  }
};

/// Uniform applied field.
struct AppliedField {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;

  static void declare(auto& key) {
    key("x", &AppliedField::x, "A m-1", keys::any, "applied field along x");
    key("y", &AppliedField::y, "A m-1", keys::any, "applied field along y");
    key("z", &AppliedField::z, "A m-1", keys::any, "applied field along z");
  }
};

/// The thermal noise of a case at material.temperature > 0.
struct Thermal {
  int realization = 0;
  std::uint64_t seed = 0;  ///< follows from the study's seed and from what the case is; no key of the sweep file

  static void declare(auto& key) {
    key("realization", &Thermal::realization, "1", keys::between(0, 1e9),
        "number of the realisation of the thermal noise; cases that differ in nothing else are a sample of one "
        "ensemble",
        keys::Role::dynamics);
  }
};

/// What is recorded of a case.
struct Output {
  double interval = 50e-12;
  int snapshots = 5;

  static void declare(auto& key) {
    using enum keys::Role;
    key("interval", &Output::interval, "s", keys::positive, "time between samples", dynamics);
    key("snapshots", &Output::snapshots, "1", keys::between(2, 10000),
        "magnetisation maps; over the case, the first at t = 0, the last at its end", dynamics);
  }
};

/// Everything one simulation depends on.
struct DeviceParameters {
  Kind kind = Kind::synapse;
  micromagnetics::Material material;
  Track track;
  Notches notches;
  Wall wall;
  Pulse pulse;
  Detector detector;
  Junction junction;
  AppliedField applied_field;
  Thermal thermal;
  Output output;
  double tolerance = 1e-5;

  static void declare(auto& key) {
    using P = DeviceParameters;
    key("device.tolerance", &P::tolerance, "1", keys::between(1e-10, 1e-2),
        "error that a component of the magnetisation may make in one step");
    key.table("material", &P::material);
    key.table("", &P::track);
    key.table("notches", &P::notches);
    key.table("wall", &P::wall);
    key.table("pulse", &P::pulse);
    key.table("detector", &P::detector);
    key.table("junction", &P::junction);
    key.table("applied_field", &P::applied_field);
    key.table("thermal", &P::thermal);
    key.table("output", &P::output);
  }
};

/// The paper's device of that kind: every default of the sweep file.
[[nodiscard]] DeviceParameters default_parameters(Kind kind);

}  // namespace spinsweep::device
