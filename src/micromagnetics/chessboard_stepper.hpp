#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "micromagnetics/chessboard_materials.hpp"
#include "micromagnetics/chessboard_torques.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/near_demag_field.hpp"
#include "micromagnetics/sublattices.hpp"
#include "micromagnetics/turn_in_field.hpp"

namespace spinsweep::micromagnetics {

/// The inner steps of ThermalStepper: all local terms, the torque of the current, the near part of the demagnetising
/// field, and the noise.
///
/// The neighbours of a cell all have the other colour of a chessboard. A step turns the cells of the first colour for
/// half of its duration, those of the second for the whole of it, and those of the first again; between two steps the
/// halves are one update. An update turns a cell for half of the duration in the field of its neighbours and itself,
/// then at random, then again in the field at its end (turn_in_field.hpp). With the variance
///
///   v = 2 D t a Q/(Q^2 - 4 a^2 |g|^2),   Q = 1 + (a^2 + b^2) |g|^2,   D = gamma0/(1 + alpha^2) kB T/(mu0 Ms V),
///
/// of the random turn, small deviations from a constant field keep their exact distribution however long t is; for
/// t -> 0 it is that of W. F. Brown, Phys. Rev. 130, 1677 (1963).
///
/// The stepper knows no term: it needs only that the field of LocalField is linear in m.
class ChessboardStepper {
 public:
  ChessboardStepper(LlgsSystem& system, std::uint64_t seed);

  [[nodiscard]] const NearDemagField& near_field() const { return near_; }

  /// How many updates of a colour a number of calls to advance() make that take that many steps together.
  [[nodiscard]] static std::uint64_t updates(std::int64_t steps, std::int64_t calls);

  /// Takes `steps` equal steps of `duration` (s) together from `time` (s); every update is made under the current in
  /// its middle, and at the temperature in the middle of them all. update: the number of the first update of a colour,
  /// from which the noise follows; returns that of the next. m: of this rank's rows. Collective.
  std::uint64_t advance(double time, double duration, int steps, std::uint64_t update, std::span<double> m);

 private:
  enum class Update { first_half, whole, last_half };

  template <Update kind>
  void update_colour(int colour, double middle, double duration, std::uint64_t update);
  template <Update kind, class Torque>
  void update_rows(const Torque& torque, int colour, double duration, std::uint64_t update);
  template <Update kind, class Materials, class Torque>
  void update_row(const Materials& materials, int colour, int j, const Torque& torque, double duration);

  LlgsSystem& system_;
  std::uint64_t seed_;
  NearDemagField near_;
  TurnSeries series_;
  double diffusion_ = 0.0;  ///< gamma0/(1 + alpha^2) kB T/(mu0 Ms V), 1/s
  Sublattices m_;
  std::optional<ChessboardMaterials> materials_;  ///< where the material varies
  std::optional<ChessboardTorques> torques_;      ///< where the current varies or flows in the ferromagnet too
  std::vector<float> first_;                      ///< normal numbers of a row
  std::vector<float> second_;
};

}  // namespace spinsweep::micromagnetics
