#pragma once

#include "base/key.hpp"
#include "device/current.hpp"
#include "device/disorder.hpp"
#include "device/heavy_metal.hpp"
#include "device/initial_wall.hpp"
#include "device/maps.hpp"
#include "device/notches.hpp"
#include "device/pulse.hpp"
#include "device/thermal.hpp"
#include "device/track.hpp"
#include "device/tunnel_junction.hpp"
#include "fields/file_field.hpp"
#include "micromagnetics/material.hpp"

/// What describes a case of any kind of device, and the keys of the sweep file that say so. All lengths m, times s, SI
/// throughout.
namespace spinsweep::device {

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

/// Recording of a case.
struct Output {
  double interval = 50e-12;
  int snapshots = 5;

  static void declare(auto& key) {
    using enum keys::Role;
    key("interval", &Output::interval, "s", keys::positive, "time between samples", dynamics);
    key("snapshots", &Output::snapshots, "1", keys::between(2, 10000),
        "number of magnetisation maps; evenly spaced in time, the first at t = 0, the last at the end of the case",
        dynamics);
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
  Current current;
  TunnelJunction mtj;
  HeavyMetal heavy_metal;
  Substrate substrate;
  bool heating = false;
  Read read;
  AppliedField applied_field;
  Disorder disorder;
  Thermal thermal;
  Output output;
  double tolerance = 1e-5;
  fields::FileFields fields;  ///< of the files of mask and maps, once they have been read; no key of the sweep file

  static void declare(auto& key) {
    using P = CommonParameters;
    key("solver.tolerance", &P::tolerance, "1", keys::between(1e-10, 1e-2),
        "largest error of a component of the magnetisation in one step");
    key.table("material", &P::material);
    key.table("", &P::track);
    key.table("notches", &P::notches);
    key.table("mask", &P::mask);
    key.table("maps", &P::maps);
    key.table("profile", &P::profile);
    key.table("gate", &P::gate);
    key.table("initial_wall", &P::initial_wall);
    key.table("pulse", &P::pulse);
    key.table("", &P::current);
    key.table("mtj", &P::mtj);
    key.table("heavy_metal", &P::heavy_metal);
    key.table("substrate", &P::substrate);
    key("heating", &P::heating,
        "whether the temperature of the noise follows the Joule heat of the current; `material.temperature` is the "
        "temperature before the pulses",
        keys::Role::dynamics)
        .only_for = "levels";
    key.table("read", &P::read);
    key.table("applied_field", &P::applied_field);
    key.table("disorder", &P::disorder);
    key.table("thermal", &P::thermal);
    key.table("output", &P::output);
  }
};

}  // namespace spinsweep::device
