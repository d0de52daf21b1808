#include "device/drive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace spinsweep::device {

namespace {

/// With more, a case would have more corners than an integration has steps.
constexpr std::size_t most_readings = 100000;

std::vector<Segment> segments_of(const Pulse& pulse) {
  return pulse.segments.empty() ? std::vector{Segment{}} : pulse.segments;
}

double rise_of(const Segment& segment, const Pulse& pulse) {
  return segment.rise.value_or(pulse.rise);
}

double duration_of(const Segment& segment, const Pulse& pulse) {
  return segment.duration.value_or(pulse.duration);
}

double fall_of(const Segment& segment, const Pulse& pulse) {
  return segment.fall.value_or(pulse.fall);
}

/// Mean of J^2 over a piece.
double mean_square(const Drive::Piece& piece) {
  const double a = piece.current_density;
  const double b = piece.last_current_density;
  return a == b ? a * a : (a * a + a * b + b * b) / 3.0;
}

}  // namespace

Drive::Drive(std::vector<Piece> pieces, double end) : pieces_(std::move(pieces)), readings_({end}), end_(end) {}

Drive::Drive(const Pulse& pulse) {
  const ResetPulse& reset = pulse.reset;
  if (reset.duration > 0.0) {
    append(reset.current_density, reset.rise, reset.duration, reset.fall);
    wait_until(now() + reset.relaxation);
  }
  start_of_pulses_ = now();
  const double period = pulse.period.value_or(pulse_length(pulse) + pulse.relaxation);
  const int trains = pulse.depression == 0.0 ? 1 : 2;
  for (int k = 0; k < trains * pulse.count; ++k) {
    wait_until(start_of_pulses_ + k * period);
    if (k > 0) {
      readings_.push_back(now());
    }
    append_pulse(pulse, k < pulse.count ? 1.0 : pulse.depression);
  }
  end_ = now() + segments_of(pulse).back().rest.value_or(0.0) + pulse.relaxation;
  readings_.push_back(end_);
}

void Drive::append(double current_density, double rise, double duration, double fall) {
  const double before = pieces_.empty() ? 0.0 : pieces_.back().last_current_density;
  if (rise > 0.0) {
    pieces_.push_back({before, now() + rise, current_density});
  }
  pieces_.push_back({current_density, now() + duration});
  if (fall > 0.0) {
    pieces_.push_back({current_density, now() + fall, 0.0});
  }
}

void Drive::append_pulse(const Pulse& pulse, double scale) {
  double rest = 0.0;
  bool is_first = true;
  for (const Segment& segment : segments_of(pulse)) {
    if (!is_first) {
      wait_until(now() + rest);
      readings_.push_back(now());
    }
    const double current_density =
        segment.current_density.value_or(segment.factor.value_or(1.0) * pulse.current_density);
    append(scale * current_density, rise_of(segment, pulse), duration_of(segment, pulse), fall_of(segment, pulse));
    rest = segment.rest.value_or(0.0);
    is_first = false;
  }
}

void Drive::wait_until(double time) {
  if (time - now() > same_moment) {
    pieces_.push_back({0.0, time});
  }
}

std::vector<Drive::Piece>::const_iterator Drive::piece_at(double time) const {
  return std::upper_bound(pieces_.begin(), pieces_.end(), time, [](double t, const Piece& p) { return t < p.end; });
}

micromagnetics::CurrentRamp Drive::ramp(double time) const {
  const auto piece = piece_at(time);
  if (piece == pieces_.end()) {
    return micromagnetics::CurrentRamp::constant(0.0);
  }
  if (piece->current_density == piece->last_current_density) {
    return micromagnetics::CurrentRamp::constant(piece->current_density);
  }
  const double begin = piece == pieces_.begin() ? 0.0 : (piece - 1)->end;
  return {begin, piece->end, piece->current_density, piece->last_current_density};
}

std::vector<double> Drive::corners() const {
  std::vector<double> times;
  for (const Piece& piece : pieces_) {
    times.push_back(piece.end);
  }
  return times;
}

std::optional<double> Drive::corner_after(double time) const {
  const auto piece = piece_at(time);
  return piece == pieces_.end() ? std::nullopt : std::optional(piece->end);
}

double Drive::peak() const {
  double peak = pieces_.front().current_density;
  for (const Piece& piece : pieces_) {
    for (const double current_density : {piece.current_density, piece.last_current_density}) {
      peak = std::abs(current_density) > std::abs(peak) ? current_density : peak;
    }
  }
  return peak;
}

double Drive::heat(double resistivity, double volume) const {
  double heat = 0.0;
  double begin = 0.0;
  for (const Piece& piece : pieces_) {
    heat += mean_square(piece) * resistivity * volume * (piece.end - begin);
    begin = piece.end;
  }
  return heat;
}

double pulse_length(const Pulse& pulse) {
  double length = 0.0;
  for (const Segment& segment : segments_of(pulse)) {
    length +=
        rise_of(segment, pulse) + duration_of(segment, pulse) + fall_of(segment, pulse) + segment.rest.value_or(0.0);
  }
  return length;
}

double gapless_period(const DeviceParameters& parameters) {
  return pulse_length(parameters.pulse) + parameters.pulse.relaxation;
}

std::size_t reading_count(const Pulse& pulse) {
  const std::size_t trains = pulse.depression == 0.0 ? 1 : 2;
  return trains * static_cast<std::size_t>(pulse.count) * segments_of(pulse).size();
}

std::optional<Problem> find_problem(const Pulse& pulse) {
  for (const Segment& segment : pulse.segments) {
    if (segment.current_density && segment.factor) {
      return Problem{{"pulse.segments"},
                     "a segment has a current_density and a factor of pulse.current_density; expected one of them"};
    }
  }
  if (reading_count(pulse) > most_readings) {
    return Problem{{"pulse.count", "pulse.segments"},
                   fmt::format("a train of {} pulses is longer than the {} that a case can have", reading_count(pulse),
                               most_readings)};
  }
  const double length = pulse_length(pulse);
  // The sum of its parts is rounded.
  if (pulse.period && *pulse.period < length * (1.0 - 1e-12)) {
    return Problem{{"pulse.period", "pulse.duration", "pulse.segments"},
                   fmt::format("the period of {:g} s is shorter than the pulse, which with its ramps takes {:g} s",
                               *pulse.period, length)};
  }
  const ResetPulse& reset = pulse.reset;
  if (reset.duration == 0.0 && (reset.current_density != 0.0 || reset.rise > 0.0 || reset.fall > 0.0)) {
    return Problem{{"pulse.reset.current_density", "pulse.reset.rise", "pulse.reset.fall"},
                   "the reset pulse has no length; expected pulse.reset.duration above 0"};
  }
  return {};
}

}  // namespace spinsweep::device
