#pragma once

#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/noise_temperature.hpp"

/// How much the current heats a device, by closed formulas: the heavy metal is a source of heat on an infinitely thick
/// substrate, which takes all of it.
namespace spinsweep::device {

/// The heat flux from the heavy metal from one time to another, s.
struct Flux {
  double value;  ///< W/m^2
  double begin;
  double end;
};

/// Temperature rise of the surface of a half space after a heat flux (W/m^2) through all of it for a time (s), K:
/// 2 q/k sqrt(a t/pi). Source: H. S. Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 2nd ed. (1959), 2.9 (8).
[[nodiscard]] double rise_of_half_space(double flux, double time, const Substrate& substrate);

/// The same in the middle of a strip of that width (m), which alone is heated:
/// 2 q/k sqrt(a t/pi) (erf(b) + b E1(b^2)/sqrt(pi)), b = width/(4 sqrt(a t)). Source: the same, 10.5 (9), at x = 0.
[[nodiscard]] double rise_of_strip(double flux, double time, double width, const Substrate& substrate);

/// The temperature rise in the middle of a strip as wide as the track as a function of time, during the pulses and
/// after them.
class HeatedStrip {
 public:
  explicit HeatedStrip(const DeviceParameters& parameters);

  /// K, at a time (s)
  [[nodiscard]] double rise(double time) const;
  /// K
  [[nodiscard]] double largest_rise() const;

 private:
  std::vector<Flux> fluxes_;
  Substrate substrate_;
  double width_;  ///< m
};

/// The temperature of the noise of a case whose noise follows the heat; nothing of other cases.
[[nodiscard]] micromagnetics::NoiseTemperature noise_temperature(const DeviceParameters& parameters);

/// The largest temperature rise during a case, K.
struct TemperatureRise {
  double half_space = 0.0;  ///< an upper bound
  double strip = 0.0;       ///< of a strip as wide as the track
};
[[nodiscard]] TemperatureRise largest_rise(const DeviceParameters& parameters);

}  // namespace spinsweep::device
