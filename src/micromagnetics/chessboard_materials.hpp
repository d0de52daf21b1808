#pragma once

#include <array>
#include <cstddef>

#include "base/aligned_vector.hpp"
#include "base/pack.hpp"
#include "micromagnetics/local_materials.hpp"
#include "micromagnetics/stencil.hpp"
#include "micromagnetics/sublattices.hpp"

namespace spinsweep::micromagnetics {

/// A material that varies from cell to cell on the two colours of a chessboard.
class ChessboardMaterials {
 public:
  /// film: layout of this rank's rows.
  ChessboardMaterials(const LocalMaterials& materials, const FieldLayout& film, const Sublattices& sublattices);

  /// What the arrays of a colour hold, one after the other.
  enum Quantity {
    exchange_east,
    exchange_west,
    exchange_north,
    exchange_south,
    anisotropy,
    axis_x,
    axis_y,
    axis_z,
    dmi_east,
    dmi_west,
    dmi_north,
    dmi_south,
    inverse_moment,
    torque,
    moment,
    moment_east,
    moment_west,
    moment_north,
    moment_south,
    quantities
  };

  /// Reads the material at the cells from place k of a component of a colour on.
  struct OfColour {
    const double* arrays;
    std::size_t size;  ///< of a component

    [[nodiscard]] Pack<double> read(Quantity quantity, std::size_t k) const {
      return load(arrays + static_cast<std::size_t>(quantity) * size + k);
    }
    [[nodiscard]] VariedMaterial<Pack<double>> at(std::size_t k, std::size_t /*row*/) const {
      return {{read(exchange_east, k),
               read(exchange_west, k),
               read(exchange_north, k),
               read(exchange_south, k),
               Pack<double>(0.0),
               read(anisotropy, k),
               {read(axis_x, k), read(axis_y, k), read(axis_z, k)}},
              read(dmi_east, k),
              read(dmi_west, k),
              read(dmi_north, k),
              read(dmi_south, k),
              read(inverse_moment, k),
              read(torque, k)};
    }
    [[nodiscard]] BasicStencil<Pack<double>> of_moments(const BasicStencil<Pack<double>>& m, std::size_t k) const {
      return {read(moment, k) * m.centre,      read(moment_east, k) * m.east,   read(moment_west, k) * m.west,
              read(moment_north, k) * m.north, read(moment_south, k) * m.south, m.neighbours};
    }
    [[nodiscard]] Pack<double> noise(const VariedMaterial<Pack<double>>& local, double variance) const {
      return Pack<double>(variance) * local.inverse_moment;
    }
  };
  [[nodiscard]] OfColour of_colour(int colour) const {
    return {arrays_[static_cast<std::size_t>(colour)].data(), size_};
  }

 private:
  std::size_t size_;
  std::array<AlignedVector<double>, 2> arrays_;
};

}  // namespace spinsweep::micromagnetics
