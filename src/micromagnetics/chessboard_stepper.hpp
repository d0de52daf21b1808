#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/near_demag_field.hpp"
#include "micromagnetics/sublattices.hpp"
#include "micromagnetics/turn_in_field.hpp"

namespace spinsweep::micromagnetics {

/// The inner steps of ThermalStepper: all local terms, the torque of the current, the near part of the demagnetising
/// field, and the noise.
class ChessboardStepper {
 public:
  ChessboardStepper(LlgsSystem& system, std::uint64_t seed);

  [[nodiscard]] const NearDemagField& near_field() const { return near_; }

  /// How many updates of a colour a number of calls to advance() make that take that many steps together.
  [[nodiscard]] static std::uint64_t updates(std::int64_t steps, std::int64_t calls);

  /// Takes `steps` equal steps of `duration` (s) together. update: the number of the first update of a colour, from
  /// which the noise follows; returns that of the next. m: of this rank's rows. Collective.
  std::uint64_t advance(double duration, int steps, std::uint64_t update, std::span<double> m);

 private:
  enum class Update { first_half, whole, last_half };

  template <Update kind>
  void update_colour(int colour, double duration, std::uint64_t update);
  template <Update kind>
  void update_row(int colour, int j, double duration);

  LlgsSystem& system_;
  std::uint64_t seed_;
  NearDemagField near_;
  TurnSeries series_;
  double diffusion_;  ///< gamma0/(1 + alpha^2) kB T/(mu0 Ms V), 1/s
  Sublattices m_;
  std::vector<float> first_;  ///< normal numbers of a row
  std::vector<float> second_;
};

}  // namespace spinsweep::micromagnetics
