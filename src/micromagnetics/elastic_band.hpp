#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "micromagnetics/accelerated_descent.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/minimization.hpp"

namespace spinsweep::micromagnetics {

/// A chain of magnetisations (images) between two minima of the energy, relaxed to the path of minimum energy: the
/// geodesic nudged elastic band of P. F. Bessarab, V. M. Uzdin and H. Jonsson, Comput. Phys. Commun. 196, 335 (2015).
/// Every image between the ends feels the effective field across the path and, along it, a spring that keeps the images
/// at equal distances. Tangents are those of G. Henkelman and H. Jonsson, J. Chem. Phys. 113, 9978 (2000), eqs. 8 to
/// 11. Each image moves by an AcceleratedDescent of its own (docs/decisions/0090).
class ElasticBand {
 public:
  /// images: at least three, the first and the last at minima; no two in a row alike. They move along with the band.
  ElasticBand(LlgsSystem& system, std::vector<std::vector<double>> images);

  /// Relaxes until no cell of an image feels a larger field across the path than settings.tolerance Ms. Returns whether
  /// that came true within most_steps steps of the whole band.
  bool relax(const DescentSettings& settings);

  [[nodiscard]] const std::vector<std::vector<double>>& images() const { return images_; }
  [[nodiscard]] const std::vector<double>& energies() const { return energies_; }  ///< of each image, J
  /// Derivative of the energy along the path at each image, J/rad, zero at the ends.
  [[nodiscard]] const std::vector<double>& slopes() const { return slopes_; }
  /// Distances of the images from the first along the path, rad: sums of geodesic_distance().
  [[nodiscard]] std::vector<double> distances() const;
  [[nodiscard]] int steps() const { return steps_; }  ///< of the band, in all

 private:
  /// Evaluates the fields and turns them into the forces on the images; returns the largest across the path, A/m.
  double evaluate_forces();
  double act_on(std::size_t image);
  [[nodiscard]] const std::vector<double>& ahead(std::size_t image) const { return descents_[image].ahead(); }

  LlgsSystem& system_;
  double step_;              ///< m/A
  double spring_;            ///< A/m
  double energy_per_field_;  ///< mu0 Ms V, J m/A
  std::vector<std::vector<double>> images_;
  std::vector<AcceleratedDescent> descents_;  ///< of each image, while the band relaxes
  std::vector<std::vector<double>> forces_;
  std::vector<double> energies_;
  std::vector<double> slopes_;
  std::vector<double> tangent_;
  std::vector<double> other_;
  int steps_ = 0;
};

}  // namespace spinsweep::micromagnetics
