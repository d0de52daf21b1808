#include "device/heating.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "device/drive.hpp"

namespace spinsweep::device {

namespace {

/// Constant between the corners of a drive, or in many short pieces where the current changes.
std::vector<Flux> fluxes(const DeviceParameters& p) {
  constexpr int pieces_of_a_ramp = 64;
  const Drive drive(p.pulse);
  const double power = p.heavy_metal.resistivity * p.heavy_metal.thickness;
  std::vector<Flux> list;
  double begin = 0.0;
  for (const double end : drive.corners()) {
    const double length = end - begin;
    const bool is_constant =
        drive.current_density(begin + 0.25 * length) == drive.current_density(begin + 0.75 * length);
    const int pieces = is_constant ? 1 : pieces_of_a_ramp;
    for (int k = 0; k < pieces && length > 0.0; ++k) {
      const double current = drive.current_density(begin + (k + 0.5) * length / pieces);
      list.push_back({power * current * current, begin + k * length / pieces, begin + (k + 1) * length / pieces});
    }
    begin = end;
  }
  return list;
}

/// The largest rise at the end of any flux, or of long trains at the ends of some, the last among them: of_flux(value,
/// time) is that of a flux since it was switched on.
template <class OfFlux>
double largest(const std::vector<Flux>& fluxes, const OfFlux& of_flux) {
  constexpr std::size_t most_evaluations = 100000;
  const std::size_t stride = 1 + fluxes.size() * fluxes.size() / most_evaluations;
  double most = 0.0;
  for (std::size_t k = 0; k < fluxes.size(); k += stride) {
    const Flux& last = fluxes[fluxes.size() - 1 - k];
    double rise = 0.0;
    for (const Flux& flux : fluxes) {
      if (flux.end <= last.end) {
        rise += of_flux(flux.value, last.end - flux.begin);
        rise -= flux.end < last.end ? of_flux(flux.value, last.end - flux.end) : 0.0;
      }
    }
    most = std::max(most, rise);
  }
  return most;
}

}  // namespace

double rise_of_half_space(double flux, double time, const Substrate& substrate) {
  return 2.0 * flux / substrate.conductivity * std::sqrt(substrate.diffusivity * time * std::numbers::inv_pi);
}

double rise_of_strip(double flux, double time, double width, const Substrate& substrate) {
  const double b = 0.25 * width / std::sqrt(substrate.diffusivity * time);
  constexpr double wide = 20.0;  // from there on the integral is zero to rounding
  const double from_the_sides = b < wide ? -b * std::numbers::inv_sqrtpi * std::expint(-b * b) : 0.0;
  return rise_of_half_space(flux, time, substrate) * (std::erf(b) + from_the_sides);
}

HeatedStrip::HeatedStrip(const DeviceParameters& parameters)
    : fluxes_(fluxes(parameters)), substrate_(parameters.substrate), width_(parameters.track.width) {
  std::erase_if(fluxes_, [](const Flux& flux) { return flux.value == 0.0; });
}

double HeatedStrip::rise(double time) const {
  double rise = 0.0;
  for (const Flux& flux : fluxes_) {
    rise += time > flux.begin ? rise_of_strip(flux.value, time - flux.begin, width_, substrate_) : 0.0;
    rise -= time > flux.end ? rise_of_strip(flux.value, time - flux.end, width_, substrate_) : 0.0;
  }
  return rise;
}

double HeatedStrip::largest_rise() const {
  return fluxes_.empty() ? 0.0 : largest(fluxes_, [this](double flux, double time) {
    return rise_of_strip(flux, time, width_, substrate_);
  });
}

micromagnetics::NoiseTemperature noise_temperature(const DeviceParameters& parameters) {
  if (!parameters.heating) {
    return {};
  }
  const HeatedStrip strip(parameters);
  const double before = parameters.material.temperature;
  return {[=](double time) { return before + strip.rise(time); }, before + strip.largest_rise()};
}

TemperatureRise largest_rise(const DeviceParameters& p) {
  if (std::isnan(p.pulse.current_density)) {
    return {p.pulse.current_density, p.pulse.current_density};
  }
  const std::vector<Flux> list = fluxes(p);
  const auto of_half_space = [&](double flux, double time) { return rise_of_half_space(flux, time, p.substrate); };
  const auto of_strip = [&](double flux, double time) { return rise_of_strip(flux, time, p.track.width, p.substrate); };
  return {largest(list, of_half_space), largest(list, of_strip)};
}

}  // namespace spinsweep::device
