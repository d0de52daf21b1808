#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "micromagnetics/material.hpp"

/// Parameters of one case of a device sweep, in SI units.
namespace spinsweep::device {

enum class Kind { neuron, synapse };

/// "neuron" or "synapse": the name of a kind in the study and of its group in the results file.
[[nodiscard]] std::string group_name(Kind kind);

/// The rectangular nanotrack, long axis x.
struct Track {
  double length = 0.0;      ///< along x, m
  double width = 0.0;       ///< along y, m
  double thickness = 2e-9;  ///< along z, m
  double cell = 0.0;        ///< edge of the square cell, m
};

/// Pairs of semicircular notches, one notch of each pair on either long edge.
struct Notches {
  int count = 0;                ///< number of pairs
  double diameter = 20e-9;      ///< m
  std::optional<double> first;  ///< x of the first pair, m; length/count if not given
  std::optional<double> pitch;  ///< distance from pair to pair, m; length/count if not given
};

/// The initial domain wall, down (-z) on its left and up (+z) on its right.
struct Wall {
  double position = 0.0;           ///< x of the centre, m
  double width = 10e-9;            ///< Delta of m_z = tanh((x - position)/Delta), m
  bool relax = true;               ///< relax the magnetisation before the pulse
  std::string file = {};           ///< OVF 2.0 file with the initial magnetisation, or empty
  std::string file_checksum = {};  ///< of that file, as in the study's text; empty if not read yet
};

/// Rectangular current pulse from t = 0, then rest without current.
struct Pulse {
  double current_density = 0.0;  ///< in the heavy metal along +x, A/m^2
  double duration = 0.0;         ///< s
  double rest = 0.0;             ///< s
};

/// Part of the track the neuron's tunnel junction reads.
struct Detector {
  double from = 0.0;  ///< x, m
  double to = 0.0;    ///< x, m
};

/// Resistances of the magnetic tunnel junction.
struct Junction {
  double parallel = 5e3;       ///< ohm
  double antiparallel = 10e3;  ///< ohm
};

/// Uniform applied field.
struct AppliedField {
  double x = 0.0;  ///< A/m
  double y = 0.0;  ///< A/m
  double z = 0.0;  ///< A/m
};

/// The thermal noise of a case at material.temperature > 0.
struct Thermal {
  int realization = 0;     ///< number of this realisation of the noise
  std::uint64_t seed = 0;  ///< derived from the study's seed and the case; not a key of the sweep file
};

/// Recording of a case.
struct Output {
  double interval = 50e-12;  ///< time between samples of the trace, s
  int snapshots = 5;         ///< magnetisation maps over the case, the first at t = 0, the last at its end
};

/// Everything one simulation depends on.
struct DeviceParameters {
  Kind kind = Kind::synapse;
  micromagnetics::Material material;
  Track track;
  Notches notches;
  Wall wall;
  Pulse pulse;
  Detector detector;  ///< neuron only
  Junction junction;
  AppliedField applied_field;
  Thermal thermal;
  Output output;
  double tolerance = 1e-5;  ///< [device] tolerance: error of a component of m in one step, 1
};

/// The paper's device of that kind: every default of the sweep file.
[[nodiscard]] DeviceParameters default_parameters(Kind kind);

}  // namespace spinsweep::device
