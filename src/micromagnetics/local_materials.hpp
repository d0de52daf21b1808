#pragma once

#include <cstddef>
#include <span>

#include "base/aligned_vector.hpp"
#include "base/pack.hpp"
#include "micromagnetics/local_material.hpp"
#include "micromagnetics/material_maps.hpp"
#include "micromagnetics/mesh.hpp"
#include "micromagnetics/row_decomposition.hpp"

namespace spinsweep::micromagnetics {

/// The largest that a material that varies adds to the bounds of FieldBounds, A/m, and its extreme moments.
struct MaterialBounds {
  double coupling = 0.0;
  double on_site = 0.0;
  double largest_moment = 1.0;
  double largest_inverse_moment = 1.0;
  double largest_torque = 1.0;  ///< VariedMaterial::torque
};

/// A material that varies from cell to cell as the local terms read it, in the layout of one component of a rank's own
/// rows. The western and the southern cell of a pair hold its exchange, of the harmonic mean of their stiffnesses, and
/// its DMI, of the arithmetic mean, both times the mean filled share, which is limited so that no cell is coupled more
/// strongly than a full one. Current enters a cell through its filled area only, so that it turns it as a full one.
class LocalMaterials {
 public:
  LocalMaterials(const MaterialMaps& maps, const Material& material, const Mesh& mesh, const Mask& mask,
                 const RowDecomposition& decomposition);

  /// Whether the DMI or the moment varies too.
  [[nodiscard]] bool is_varied() const { return varied_; }
  /// Whether nothing varies but the share of the cells that is filled; cut() may be used then.
  [[nodiscard]] bool is_only_cut() const { return !cut_exchange_east_.empty(); }
  /// Whether the axis of the anisotropy is z everywhere; upright() may be used then.
  [[nodiscard]] bool is_upright() const { return upright_; }
  [[nodiscard]] const MaterialBounds& bounds() const { return bounds_; }
  /// Share of the full moment of each cell, also of those in the ghost rows.
  [[nodiscard]] std::span<const double> moment() const { return moment_; }

  /// Share of each cell that is filled.
  [[nodiscard]] std::span<const double> share() const { return share_; }

  /// Reads the material at the cells from place k of a component on; row: the layout's row_stride().
  struct Grains {
    const double* exchange_east;
    const double* exchange_north;
    const double* anisotropy;
    const double* axis_x;
    const double* axis_y;
    const double* axis_z;

    template <class Real = Pack<double>>
    [[nodiscard]] GrainMaterial<Real> at(std::size_t k, std::size_t row) const {
      const auto read = [k](const double* from, std::ptrdiff_t shift = 0) { return read_real<Real>(from + k + shift); };
      const Real east = read(exchange_east);
      const Real west = read(exchange_east, -1);
      const Real north = read(exchange_north);
      const Real south = read(exchange_north, -static_cast<std::ptrdiff_t>(row));
      return {east,
              west,
              north,
              south,
              (east + west) + (north + south),
              read(anisotropy),
              {read(axis_x), read(axis_y), read(axis_z)}};
    }
  };
  struct Varied : Grains {
    const double* dmi_east;
    const double* dmi_north;
    const double* inverse_moment;
    const double* torque;

    template <class Real = Pack<double>>
    [[nodiscard]] VariedMaterial<Real> at(std::size_t k, std::size_t row) const {
      const auto read = [k](const double* from, std::ptrdiff_t shift = 0) { return read_real<Real>(from + k + shift); };
      return {Grains::template at<Real>(k, row),
              read(dmi_east),
              read(dmi_east, -1),
              read(dmi_north),
              read(dmi_north, -static_cast<std::ptrdiff_t>(row)),
              read(inverse_moment),
              read(torque)};
    }
  };
  struct Upright : Varied {
    [[nodiscard]] UprightMaterial<Pack<double>> at(std::size_t k, std::size_t row) const {
      const Pack<double> east = load(exchange_east + k);
      const Pack<double> west = load(exchange_east + k - 1);
      const Pack<double> north = load(exchange_north + k);
      const Pack<double> south = load(exchange_north + k - row);
      return {{{east, west, north, south, (east + west) + (north + south), load(anisotropy + k), {}},
               load(dmi_east + k),
               load(dmi_east + k - 1),
               load(dmi_north + k),
               load(dmi_north + k - row),
               load(inverse_moment + k),
               load(torque + k)}};
    }
  };
  [[nodiscard]] Upright upright() const { return {varied()}; }
  struct Cut {
    const double* exchange_east;
    const double* exchange_west;
    const double* exchange_north;
    const double* exchange_south;
    double dmi_per_exchange;

    [[nodiscard]] CutMaterial<Pack<double>> at(std::size_t k, std::size_t /*row*/) const {
      const Pack<double> east = load(exchange_east + k);
      const Pack<double> west = load(exchange_west + k);
      const Pack<double> north = load(exchange_north + k);
      const Pack<double> south = load(exchange_south + k);
      return {east, west, north, south, (east + west) + (north + south), Pack<double>(dmi_per_exchange)};
    }
  };
  [[nodiscard]] Cut cut() const {
    return {cut_exchange_east_.data(), cut_exchange_west_.data(), cut_exchange_north_.data(),
            cut_exchange_south_.data(), dmi_per_exchange_};
  }
  [[nodiscard]] Grains grains() const {
    return {exchange_east_.data(), exchange_north_.data(), anisotropy_.data(),
            axis_x_.data(),        axis_y_.data(),         axis_z_.data()};
  }
  [[nodiscard]] Varied varied() const {
    // One array less to read where both are the same.
    const auto& torque = shares_vary_ ? torque_ : inverse_moment_;
    return {grains(), dmi_east_.data(), dmi_north_.data(), inverse_moment_.data(), torque.data()};
  }

 private:
  template <class Real>
  static Real read_real(const double* from) {
    if constexpr (std::is_same_v<Real, double>) {
      return *from;
    } else {
      return load(from);
    }
  }

  void find_bounds(const FieldLayout& layout);
  void fill_cut_material(const FieldLayout& layout);

  bool varied_ = false;
  bool upright_ = false;
  bool shares_vary_ = false;
  MaterialBounds bounds_;
  AlignedVector<double> exchange_east_;
  AlignedVector<double> exchange_north_;
  AlignedVector<double> anisotropy_;
  AlignedVector<double> axis_x_;
  AlignedVector<double> axis_y_;
  AlignedVector<double> axis_z_;
  AlignedVector<double> dmi_east_;
  AlignedVector<double> dmi_north_;
  AlignedVector<double> moment_;
  AlignedVector<double> inverse_moment_;
  AlignedVector<double> torque_;
  AlignedVector<double> share_;
  AlignedVector<double> cut_exchange_east_;  ///< CutMaterial; empty if more varies than the share
  AlignedVector<double> cut_exchange_west_;
  AlignedVector<double> cut_exchange_north_;
  AlignedVector<double> cut_exchange_south_;
  double dmi_per_exchange_ = 0.0;
};

}  // namespace spinsweep::micromagnetics
