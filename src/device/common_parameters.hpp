#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/key.hpp"
#include "device/disorder.hpp"
#include "device/file_field.hpp"
#include "device/maps.hpp"
#include "device/notches.hpp"
#include "micromagnetics/material.hpp"

/// What describes a case of any kind of device, and the keys of the sweep file that say so. All lengths m, times s, SI
/// throughout.
namespace spinsweep::device {

/// Half a pitch left of the first notch, but not left of the middle between the track's end and that notch; a tenth of
/// the length without notches; m.
[[nodiscard]] double default_wall_position(const DeviceParameters& parameters);

/// The position of the initial wall, given or not, m.
[[nodiscard]] double initial_wall_position(const DeviceParameters& parameters);

/// The length of a pulse and the relaxation after it, s.
[[nodiscard]] double gapless_period(const DeviceParameters& parameters);

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
        "the "
        "exchange and the DMI that lies inside");
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
                  "where it has changed; linearly on the way, in a step where it is `profile.from`", "length",
                  &track_length);
    key.following("anisotropy", &P::anisotropy, "J m-3", keys::any, "anisotropy from there on", "material.anisotropy",
                  &material_anisotropy);
    key.following("dmi", &P::dmi, "J m-2", keys::any, "DMI constant from there on", "material.dmi", &material_dmi);
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

/// Which way round a wall is.
enum class WallKind {
  down_up,  ///< the domain on its left points down, the other one up
  up_down
};

/// The initial domain wall.
struct InitialWall {
  std::optional<double> position;
  double width = 10e-9;
  WallKind polarity = WallKind::down_up;
  bool relax = true;
  std::string file = {};
  std::string file_checksum = {};

  static void declare(auto& key) {
    key.following("position", &InitialWall::position, "m", keys::not_negative,
                  "initial position of the wall; not left of the middle between the track's end and the first notch "
                  "where it follows, and a tenth of the length without notches",
                  "half a pitch left of the first notch", &default_wall_position);
    key("width", &InitialWall::width, "m", keys::positive,
        "width of the initial wall; Delta of m_z = tanh((x - position)/Delta)");
    key("polarity", &InitialWall::polarity, {"down_up", "up_down"},
        "direction of the domains; to the left and to the right of the initial wall");
    key("relax", &InitialWall::relax, "whether the initial wall is relaxed before the pulse");
    key("file", &InitialWall::file,
        "OVF file whose magnetisation a case starts from; in place of a straight wall. No other key of the "
        "initial wall but `relax` has an effect then. A relative path counts from the folder of the sweep file. The "
        "file counts by its checksum, not by its name",
        keys::Role::run);
    key("file_checksum", &InitialWall::file_checksum,
        "checksum of that file; written into the results file, so that a run is not resumed with a file that holds "
        "something else");
  }
};

/// A part of a pulse. What is not given is that of the pulse.
struct Segment {
  std::optional<double> current_density = {};
  std::optional<double> factor = {};  ///< of the pulse's current density; 1 if neither is given
  std::optional<double> duration = {};
  std::optional<double> rise = {};
  std::optional<double> fall = {};
  std::optional<double> rest = {};  ///< s, without current; 0 if it is not given

  static void declare(auto& key) {
    key("current_density", &Segment::current_density, "A m-2", keys::any, "current density");
    key("factor", &Segment::factor, "1", keys::any, "current density in units of pulse.current_density");
    key("duration", &Segment::duration, "s", keys::positive, "duration at that current density");
    key("rise", &Segment::rise, "s", keys::not_negative, "time in which the current changes to that density");
    key("fall", &Segment::fall, "s", keys::not_negative, "time in which the current is switched off");
    key("rest", &Segment::rest, "s", keys::not_negative, "time without current afterwards");
  }
};

/// A pulse before the others, which takes the initial state to the one from which they start.
struct ResetPulse {
  double current_density = 0.0;
  double duration = 0.0;  ///< 0: no reset
  double rise = 0.0;
  double fall = 0.0;
  double relaxation = 0.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("current_density", &ResetPulse::current_density, "A m-2", keys::any,
        "current density of a pulse that resets the device; before all others", dynamics);
    key("duration", &ResetPulse::duration, "s", keys::not_negative,
        "duration of the reset pulse; 0: the device is not reset", dynamics);
    key("rise", &ResetPulse::rise, "s", keys::not_negative, "time in which the reset pulse rises; before its duration",
        dynamics);
    key("fall", &ResetPulse::fall, "s", keys::not_negative, "time in which the reset pulse falls; after its duration",
        dynamics);
    key("relaxation", &ResetPulse::relaxation, "s", keys::not_negative, "time without current after the reset pulse",
        dynamics);
  }
};

/// A current pulse from t = 0, then relaxation without current; or a train of such pulses. device::Drive gives the
/// current that follows.
struct Pulse {
  double current_density = 0.0;
  double duration = 0.0;
  double relaxation = 0.0;
  double rise = 0.0;
  double fall = 0.0;
  int count = 1;
  std::optional<double> period = {};
  double depression = 0.0;
  ResetPulse reset = {};
  std::vector<Segment> segments = {};

  static void declare(auto& key) {
    using enum keys::Role;
    key("current_density", &Pulse::current_density, "A m-2", keys::any,
        "current density of the pulse; in the heavy metal, along +x", dynamics);
    key("duration", &Pulse::duration, "s", keys::positive, "duration of the pulse; at its full current density",
        dynamics);
    key("relaxation", &Pulse::relaxation, "s", keys::not_negative, "time without current after the pulse", dynamics);
    key("rise", &Pulse::rise, "s", keys::not_negative,
        "time in which the pulse rises linearly; before its duration, which does not include it", dynamics);
    key("fall", &Pulse::fall, "s", keys::not_negative, "time in which the pulse falls linearly; after its duration",
        dynamics);
    key("count", &Pulse::count, "1", keys::between(1, 100000), "number of equal pulses; one after the other", dynamics);
    key.following("period", &Pulse::period, "s", keys::positive,
                  "time from the start of a pulse to the start of the next",
                  "the length of a pulse with its ramps + pulse.relaxation", &gapless_period)
        .role = dynamics;
    key("depression", &Pulse::depression, "1", keys::between(-10, 0),
        "current density of `count` further pulses that move the wall back; in units of pulse.current_density: -1 for "
        "depression as strong as potentiation, 0 for none",
        dynamics);
    key.table("reset", &Pulse::reset);
    key.list("segments", &Pulse::segments,
             "parts of a pulse; in place of one square pulse: a list of tables { current_density or factor, duration, "
             "rise, fall, rest }. `factor` is the current density in units of pulse.current_density, 1 if neither is "
             "given; duration, rise and fall are those of the pulse unless given, rest is 0. A rise starts from the "
             "current before it",
             dynamics);
  }
};

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

/// Recording of a case.
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

/// What every kind of device has. Keys whose only_for is "levels" are of the kinds from which levels are derived.
struct CommonParameters {
  micromagnetics::Material material;
  Track track;
  Notches notches;
  MaskFile mask;
  MaterialFiles maps;
  Profile profile;
  Gate gate;
  InitialWall initial_wall;
  Pulse pulse;
  TunnelJunction mtj;
  HeavyMetal heavy_metal;
  Substrate substrate;
  Read read;
  AppliedField applied_field;
  Disorder disorder;
  Thermal thermal;
  Output output;
  double tolerance = 1e-5;
  FileFields fields;  ///< of the files of mask and maps, once they have been read; no key of the sweep file

  static void declare(auto& key) {
    using P = CommonParameters;
    key("solver.tolerance", &P::tolerance, "1", keys::between(1e-10, 1e-2),
        "error that a component of the magnetisation may make in one step");
    key.table("material", &P::material);
    key.table("", &P::track);
    key.table("notches", &P::notches);
    key.table("mask", &P::mask);
    key.table("maps", &P::maps);
    key.table("profile", &P::profile);
    key.table("gate", &P::gate);
    key.table("initial_wall", &P::initial_wall);
    key.table("pulse", &P::pulse);
    key.table("mtj", &P::mtj);
    key.table("heavy_metal", &P::heavy_metal);
    key.table("substrate", &P::substrate);
    key.table("read", &P::read);
    key.table("applied_field", &P::applied_field);
    key.table("disorder", &P::disorder);
    key.table("thermal", &P::thermal);
    key.table("output", &P::output);
  }
};

}  // namespace spinsweep::device
