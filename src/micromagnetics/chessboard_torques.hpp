#pragma once

#include <array>
#include <span>

#include "base/aligned_vector.hpp"
#include "micromagnetics/local_torques.hpp"
#include "micromagnetics/sublattices.hpp"

namespace spinsweep::micromagnetics {

/// A current that varies from cell to cell on the two colours of a chessboard.
class ChessboardTorques {
 public:
  /// film: layout of this rank's rows.
  ChessboardTorques(const LocalTorques& torques, const FieldLayout& film, const Sublattices& sublattices)
      : torques_(torques) {
    for (int colour = 0; colour < 2; ++colour) {
      x_[static_cast<std::size_t>(colour)] = of_colour(torques.x(), colour, film, sublattices);
      y_[static_cast<std::size_t>(colour)] = of_colour(torques.y(), colour, film, sublattices);
    }
  }

  [[nodiscard]] LocalTorques::UnderCurrent under(const LlgsTorque& torque, int colour) const {
    const auto index = static_cast<std::size_t>(colour);
    return torques_.under(torque, x_[index].data(), y_[index].data());
  }

 private:
  static AlignedVector<double> of_colour(std::span<const double> of_cells, int colour, const FieldLayout& film,
                                         const Sublattices& sublattices) {
    const FieldLayout& layout = sublattices.layout();
    AlignedVector<double> part(layout.component_size(), 0.0);
    for (int j = 0; j < layout.ny(); ++j) {
      for (int i = sublattices.offset(colour, j); i < film.nx(); i += 2) {
        part[layout.index(i / 2, j)] = of_cells[film.index(i, j)];
      }
    }
    return part;
  }

  const LocalTorques& torques_;
  std::array<AlignedVector<double>, 2> x_;
  std::array<AlignedVector<double>, 2> y_;
};

}  // namespace spinsweep::micromagnetics
