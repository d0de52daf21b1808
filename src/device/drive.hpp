#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/current_ramp.hpp"

namespace spinsweep::device {

/// Times closer than this are the same moment, s: far below any step, far above rounding.
inline constexpr double same_moment = 1e-17;

/// The current density in the heavy metal of a case as a function of time: pieces that follow each other from t = 0, in
/// each of which the current is linear in time, then relaxation without current. Everything that depends on the course
/// of the current asks this class, so a pulse of another shape is a change here.
class Drive {
 public:
  struct Piece {
    double current_density;                         ///< A/m^2, where the piece begins
    double end;                                     ///< s; it begins where the one before ends
    double last_current_density = current_density;  ///< A/m^2, where it ends
  };

  /// At least one piece; end: of the case, s, not before that of the last piece. It has one reading(), at its end.
  Drive(std::vector<Piece> pieces, double end);
  /// The reset, the pulses of the train, those of the depression and the relaxation after them. A pulse of several
  /// segments is as many pulses.
  // NOLINTNEXTLINE(google-explicit-constructor): a pulse is a drive.
  Drive(const Pulse& pulse);

  /// From `time` (s) on, A/m^2: at a corner it is the value after it.
  [[nodiscard]] double current_density(double time) const { return ramp(time).at(time); }
  /// The piece to which `time` (s) belongs: at a corner the one that begins there.
  [[nodiscard]] micromagnetics::CurrentRamp ramp(double time) const;
  /// The times at which the current may change its course, s, where every integration must end a step. Increasing; at
  /// the last one the current is switched off.
  [[nodiscard]] std::vector<double> corners() const;
  /// The first of the corners after `time` (s), found in a time that grows with the logarithm of their number.
  [[nodiscard]] std::optional<double> corner_after(double time) const;
  /// Start of the first pulse, after the reset, s.
  [[nodiscard]] double start_of_pulses() const { return start_of_pulses_; }
  /// When the device is read after each pulse: where the next one starts, and at the end of the case; s, increasing.
  [[nodiscard]] const std::vector<double>& readings() const { return readings_; }
  /// End of the case, s.
  [[nodiscard]] double end() const { return end_; }
  /// The current density of the largest modulus, with its sign; A/m^2.
  [[nodiscard]] double peak() const;
  /// Joule heat in a conductor of that resistivity (ohm m) and volume (m^3): the integral of J^2, J.
  [[nodiscard]] double heat(double resistivity, double volume) const;

 private:
  /// The piece that belongs to `time`, or the end of the list.
  [[nodiscard]] std::vector<Piece>::const_iterator piece_at(double time) const;
  void append(double current_density, double rise, double duration, double fall);
  void append_pulse(const Pulse& pulse, double scale);
  /// Without current until then, if that is later than now.
  void wait_until(double time);
  [[nodiscard]] double now() const { return pieces_.empty() ? 0.0 : pieces_.back().end; }

  std::vector<Piece> pieces_;
  std::vector<double> readings_;
  double start_of_pulses_ = 0.0;
  double end_ = 0.0;
};

/// Of a pulse with its ramps or segments, s.
[[nodiscard]] double pulse_length(const Pulse& pulse);

/// How often a device is read during a case.
[[nodiscard]] std::size_t reading_count(const Pulse& pulse);

/// What makes no sense in a pulse.
[[nodiscard]] std::optional<Problem> find_problem(const Pulse& pulse);

}  // namespace spinsweep::device
