#pragma once

#include <cstdint>

#include "base/key.hpp"

namespace spinsweep::device {

/// Rough edges: the displacement of either long edge along the track is an Ornstein-Uhlenbeck process of its own, a
/// stationary Gaussian process with the correlation exp(-distance/correlation_length).
struct EdgeRoughness {
  double deviation = 0.0;
  double correlation_length = 20e-9;

  static void declare(auto& key) {
    using R = EdgeRoughness;
    key("deviation", &R::deviation, "m", keys::not_negative,
        "standard deviation of an edge from its straight line; 0: straight edges. Cut off at three standard "
        "deviations");
    key("correlation_length", &R::correlation_length, "m", keys::positive, "correlation length of a rough edge");
  }
};

/// Grains: the Voronoi cells of random points, as in mumax3's ext_makegrains.
struct Grains {
  double size = 0.0;
  double anisotropy_spread = 0.0;
  double axis_spread = 0.0;
  double exchange = 1.0;

  static void declare(auto& key) {
    using G = Grains;
    key("size", &G::size, "m", keys::not_negative,
        "mean size of the grains; edge of a square of their mean area. 0: no grains");
    key("anisotropy_spread", &G::anisotropy_spread, "1", keys::not_negative,
        "standard deviation of the anisotropy of the grains over its mean");
    key("axis_spread", &G::axis_spread, "1", keys::not_negative,
        "standard deviation of the tilt of the grains' axes; of either in-plane component, over that along z");
    key("exchange", &G::exchange, "1", keys::between(0.0, 10.0),
        "exchange between cells of different grains over that within a grain");
  }
};

/// Point defects: discs of another anisotropy at random places.
struct Defects {
  double density = 0.0;
  double size = 5e-9;
  double anisotropy = 0.8;

  static void declare(auto& key) {
    using D = Defects;
    key("density", &D::density, "m-2", keys::between(0.0, 1e18), "point defects per area; 0: none");
    key("size", &D::size, "m", keys::positive, "diameter of a defect; at least the cell in which it lies");
    key("anisotropy", &D::anisotropy, "1", keys::between(0.0, 10.0), "anisotropy in a defect over that around it");
  }
};

/// Disorder of a device. One realisation is the same for all currents, materials and sizes, and on any number of ranks.
struct Disorder {
  int realization = 0;
  EdgeRoughness roughness;
  Grains grains;
  Defects defects;
  std::uint64_t seed = 0;  ///< follows from the study's seed and the kind of device; no key of the sweep file

  static void declare(auto& key) {
    key("realization", &Disorder::realization, "1", keys::between(0, 1e9),
        "number of the realisation of the disorder; devices that differ in nothing else are a sample of one ensemble");
    key.table("roughness", &Disorder::roughness);
    key.table("grains", &Disorder::grains);
    key.table("defects", &Disorder::defects);
  }

  [[nodiscard]] bool is_in_material() const { return grains.size > 0.0 || defects.density > 0.0; }
  [[nodiscard]] bool exists() const { return is_in_material() || roughness.deviation > 0.0; }
};

}  // namespace spinsweep::device
