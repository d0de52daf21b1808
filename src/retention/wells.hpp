#pragma once

#include <functional>
#include <span>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimum_energy_path.hpp"

namespace spinsweep::retention {

/// A minimum of the energy with the wall in a notch.
struct Well {
  double position = 0.0;     ///< of the wall, m
  double energy = 0.0;       ///< J
  double conductance = 0.0;  ///< of the device, S
  std::vector<double> m;
};

/// A straight wall of the width of those in the film.
[[nodiscard]] std::vector<double> wall_at(device::DeviceParameters p, double position);

/// Whether there are cells of both domains.
[[nodiscard]] bool has_wall(const micromagnetics::LlgsSystem& system, std::span<const double> m);

/// The minima in which a wall comes to rest that is put into each notch, left to right. A notch is missing if the wall
/// slides away from it: further than half the notch's width and the wall's width, or off the track; or if it comes to
/// rest where that of the notch before does, as it can where notches are closer than a wall is wide. A wall that rests
/// on a ridge, as in a bulge in the middle of a symmetric track, is pushed off it. Errors: SimulationError if a
/// minimisation does not converge; whatever after_step throws.
[[nodiscard]] std::vector<Well> find_wells(micromagnetics::LlgsSystem& system, const device::DeviceParameters& p,
                                           const std::function<void()>& after_step);

/// The path of minimum energy of the wall from one well to another. It starts from straight walls along the track, no
/// further from each other than a wall is wide. One of the wells may be a track without a wall, whose position lies
/// outside it; the band is then refined until a saddle point is found, since near the end the first ones are too
/// coarse. Errors: those of minimum_energy_path().
[[nodiscard]] micromagnetics::MinimumEnergyPath path_between(micromagnetics::LlgsSystem& system,
                                                             const device::DeviceParameters& p, const Well& from,
                                                             const Well& to, std::size_t most_images,
                                                             const std::function<void()>& after_step);

/// A wall further away from a notch's centre is not held by it, m: half the width of the widest notch, and the wall's
/// width.
[[nodiscard]] double reach_of_notch(const device::DeviceParameters& p);

/// Position of the wall from the mean magnetisation, m.
[[nodiscard]] double wall_position(const micromagnetics::LlgsSystem& system, const device::DeviceParameters& p,
                                   std::span<const double> m);

/// sqrt(A/(K - mu0 Ms^2/2)), or that of the initial wall if the film is not magnetised out of plane, m.
[[nodiscard]] double wall_width(const device::DeviceParameters& p);

}  // namespace spinsweep::retention
