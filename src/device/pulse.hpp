#pragma once

#include <optional>
#include <vector>

#include "base/key.hpp"

namespace spinsweep::device {

struct DeviceParameters;

/// The length of a pulse and the relaxation after it, s.
[[nodiscard]] double gapless_period(const DeviceParameters& parameters);

/// A part of a pulse. What is not given is that of the pulse.
struct Segment {
  std::optional<double> current_density = {};
  std::optional<double> factor = {};  ///< of the pulse's current density; 1 if neither is given
  std::optional<double> duration = {};
  std::optional<double> rise = {};
  std::optional<double> fall = {};
  std::optional<double> rest = {};  ///< s, without current; 0 if it is not given

  static void declare(auto& key) {
    key("current_density", &Segment::current_density, "A m-2", keys::any, "current density");
    key("factor", &Segment::factor, "1", keys::any, "current density in units of pulse.current_density");
    key("duration", &Segment::duration, "s", keys::positive, "duration at that current density");
    key("rise", &Segment::rise, "s", keys::not_negative, "time in which the current changes to that density");
    key("fall", &Segment::fall, "s", keys::not_negative, "time in which the current is switched off");
    key("rest", &Segment::rest, "s", keys::not_negative, "time without current afterwards");
  }
};

/// A pulse before the others, which takes the initial state to the one from which they start.
struct ResetPulse {
  double current_density = 0.0;
  double duration = 0.0;  ///< 0: no reset
  double rise = 0.0;
  double fall = 0.0;
  double relaxation = 0.0;

  static void declare(auto& key) {
    using enum keys::Role;
    key("current_density", &ResetPulse::current_density, "A m-2", keys::any,
        "current density of a pulse that resets the device; before all others", dynamics);
    key("duration", &ResetPulse::duration, "s", keys::not_negative,
        "duration of the reset pulse; 0: the device is not reset", dynamics);
    key("rise", &ResetPulse::rise, "s", keys::not_negative, "time in which the reset pulse rises; before its duration",
        dynamics);
    key("fall", &ResetPulse::fall, "s", keys::not_negative, "time in which the reset pulse falls; after its duration",
        dynamics);
    key("relaxation", &ResetPulse::relaxation, "s", keys::not_negative, "time without current after the reset pulse",
        dynamics);
  }
};

/// A current pulse from t = 0, then relaxation without current; or a train of such pulses. device::Drive gives the
/// current that follows.
struct Pulse {
  double current_density = 0.0;
  double duration = 0.0;
  double relaxation = 0.0;
  double rise = 0.0;
  double fall = 0.0;
  int count = 1;
  std::optional<double> period = {};
  double depression = 0.0;
  ResetPulse reset = {};
  std::vector<Segment> segments = {};

  static void declare(auto& key) {
    using enum keys::Role;
    key("current_density", &Pulse::current_density, "A m-2", keys::any,
        "current density of the pulse; in the heavy metal, along +x", dynamics);
    key("duration", &Pulse::duration, "s", keys::positive, "duration of the pulse; at its full current density",
        dynamics);
    key("relaxation", &Pulse::relaxation, "s", keys::not_negative, "time without current after the pulse", dynamics);
    key("rise", &Pulse::rise, "s", keys::not_negative,
        "time in which the pulse rises linearly; before its duration, which does not include it", dynamics);
    key("fall", &Pulse::fall, "s", keys::not_negative, "time in which the pulse falls linearly; after its duration",
        dynamics);
    key("count", &Pulse::count, "1", keys::between(1, 100000), "number of equal pulses; one after the other", dynamics);
    key.following("period", &Pulse::period, "s", keys::positive,
                  "time from the start of a pulse to the start of the next",
                  "the length of a pulse with its ramps + pulse.relaxation", &gapless_period)
        .role = dynamics;
    key("depression", &Pulse::depression, "1", keys::between(-10, 0),
        "current density of `count` further pulses that move the wall back; in units of pulse.current_density: -1 for "
        "depression as strong as potentiation, 0 for none",
        dynamics);
    key.table("reset", &Pulse::reset);
    key.list("segments", &Pulse::segments,
             "parts of a pulse; in place of one square pulse: a list of tables { current_density or factor, duration, "
             "rise, fall, rest }. `factor` is the current density in units of pulse.current_density, 1 if neither is "
             "given; duration, rise and fall are those of the pulse unless given, rest is 0. A rise starts from the "
             "current before it",
             dynamics);
  }
};

}  // namespace spinsweep::device
