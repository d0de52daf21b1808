#pragma once

#include <utility>
#include <vector>

#include "device/parameters.hpp"

namespace spinsweep::device {

/// The current density in the heavy metal of a case as a function of time: pieces of constant current density that
/// follow each other from t = 0, then relaxation without current. Everything that depends on the course of the current
/// asks this class, so a pulse of another shape is another constructor here.
class Drive {
 public:
  struct Piece {
    double current_density;  ///< A/m^2
    double end;              ///< s; it begins where the one before ends
  };

  /// At least one piece; end: of the case, s, not before that of the last piece.
  Drive(std::vector<Piece> pieces, double end) : pieces_(std::move(pieces)), end_(end) {}
  /// One square pulse and the relaxation after it.
  // NOLINTNEXTLINE(google-explicit-constructor): a pulse is a drive.
  Drive(const Pulse& pulse);

  /// From `time` (s) on, A/m^2: at a corner it is the value after it.
  [[nodiscard]] double current_density(double time) const;
  /// The times at which the current may change, s, where every integration must end a step. Increasing; at the last one
  /// the current is switched off.
  [[nodiscard]] std::vector<double> corners() const;
  /// End of the case, s.
  [[nodiscard]] double end() const { return end_; }
  /// The current density of the largest modulus, with its sign; A/m^2.
  [[nodiscard]] double peak() const;
  /// Joule heat in a conductor of that resistivity (ohm m) and volume (m^3): the integral of J^2, J.
  [[nodiscard]] double heat(double resistivity, double volume) const;

 private:
  std::vector<Piece> pieces_;
  double end_;
};

}  // namespace spinsweep::device
