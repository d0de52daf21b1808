#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimization.hpp"

namespace spinsweep::micromagnetics {

/// When a path is converged.
struct PathSettings {
  DescentSettings band{.tolerance = 1e-4};  ///< of the band with each number of images
  /// Largest change of the energy at the saddle when the number of images is doubled, J.
  double energy_tolerance = 0.1 * constants::boltzmann_constant * 300.0;
  std::size_t most_images = 1000;
  /// Whether images are also doubled until a saddle point is found, if the path rises above its ends and as long as
  /// there may be more of them.
  bool seeks_saddle = false;
};

/// The highest point of a path.
struct PathMaximum {
  std::size_t image = 0;  ///< that it lies at or behind
  double fraction = 0.0;  ///< of the way to the next one
  double energy = 0.0;    ///< J
};

/// The highest point of the piecewise cubic polynomial that has those energies and slopes at those distances.
[[nodiscard]] PathMaximum path_maximum(std::span<const double> distances, std::span<const double> energies,
                                       std::span<const double> slopes);

/// A path of minimum energy between two minima.
struct MinimumEnergyPath {
  std::vector<std::vector<double>> images;  ///< magnetisations along it
  std::vector<double> energies;             ///< of each image, J
  std::vector<double> saddle;      ///< magnetisation at the saddle point, or at the maximum if none is found near it
  double saddle_energy = 0.0;      ///< J
  double saddle_change = 0.0;      ///< of that energy at the last doubling of the images, J
  std::vector<double> curvatures;  ///< lowest ones at the saddle point, A/m, or none; the first is negative
  int steps = 0;                   ///< of all bands together

  /// Among the lowest modes at the saddle point.
  [[nodiscard]] int unstable_modes() const;
  [[nodiscard]] double barrier_forth() const { return saddle_energy - energies.front(); }  ///< J
  [[nodiscard]] double barrier_back() const { return saddle_energy - energies.back(); }    ///< J
};

/// The path of minimum energy near `images`, of which the first and the last must be minima: elastic bands, the next
/// one with an image more between any two of the last, until the energy of the saddle point near the highest point
/// stays the same. A band that leads over a point with two unstable modes, as the symmetric one of two lower paths
/// does, is pushed aside along the second of them and relaxed again. Errors: SimulationError if a band does not
/// converge in settings.band.most_steps steps or most_images are too few; whatever after_step throws.
[[nodiscard]] MinimumEnergyPath minimum_energy_path(LlgsSystem& system, std::vector<std::vector<double>> images,
                                                    const PathSettings& settings);

}  // namespace spinsweep::micromagnetics
