#include "micromagnetics/saddle_point.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "micromagnetics/accelerated_descent.hpp"
#include "micromagnetics/effective_field.hpp"
#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Evaluations of the field across a mode between two improvements of it.
constexpr int descent_steps = 30;
/// Steps that improve the modes each time, and the residual over the lowest curvature at which they are good enough.
constexpr int mode_steps = 10;
constexpr double mode_residual = 1e-2;

class SaddleSearch {
 public:
  SaddleSearch(LlgsSystem& system, std::span<const double> m, std::vector<std::vector<double>> guesses,
               double longest_step, const DescentSettings& settings)
      : system_(system),
        layout_(system.layout()),
        longest_step_(longest_step),
        settings_(settings),
        step_(1.0 / curvature_bound(system)),
        tolerance_(settings.tolerance * system.material().saturation_magnetization),
        field_(m.size()) {
    saddle_.m.assign(m.begin(), m.end());
    saddle_.modes.modes = std::move(guesses);
  }

  SaddlePoint run() {
    while (saddle_.steps < settings_.most_steps) {
      improve_modes();
      descend_across();
      evaluate(saddle_.m);
      const double along = inner_product(field_, mode(0));
      const double curvature = saddle_.modes.curvatures[0];
      saddle_.converged = curvature < 0.0 && largest_modulus(layout_, field_) <= tolerance_;
      if (saddle_.converged) {
        break;
      }
      const double newton = curvature < 0.0 ? along / curvature : std::copysign(longest_step_, -along);
      displace(std::clamp(newton, -longest_step_, longest_step_), mode(0));
    }
    return std::move(saddle_);
  }

 private:
  [[nodiscard]] const std::vector<double>& mode(std::size_t index) const { return saddle_.modes.modes[index]; }

  void evaluate(std::span<const double> m) {
    saddle_.energy = effective_field(system_, m, field_);
    make_tangent(layout_, m, field_);
    ++saddle_.steps;
    settings_.after_step();
  }

  void improve_modes() {
    Hessian hessian(system_, saddle_.m);
    const double scale = saddle_.modes.curvatures.empty() ? 0.0 : std::abs(saddle_.modes.curvatures[0]);
    saddle_.modes = lowest_modes(hessian, std::move(saddle_.modes.modes), mode_residual * scale, mode_steps);
  }

  void displace(double distance, const std::vector<double>& along) {
    move_along(layout_, saddle_.m, distance, along, saddle_.m);
  }

  /// Lowers the energy across the first mode.
  void descend_across() {
    AcceleratedDescent descent(layout_, step_, saddle_.m);
    std::vector<double> direction(saddle_.m.size());
    for (int k = 0; k < descent_steps; ++k) {
      evaluate(descent.ahead());
      direction = mode(0);
      make_tangent(layout_, descent.ahead(), direction);
      const double along = inner_product(field_, direction) / inner_product(direction, direction);
      for (std::size_t n = 0; n < field_.size(); ++n) {
        field_[n] -= along * direction[n];
      }
      descent.step_along(field_);
    }
    saddle_.m = descent.reached();
  }

  LlgsSystem& system_;
  const FieldLayout& layout_;
  double longest_step_;
  const DescentSettings& settings_;
  double step_;       ///< m/A
  double tolerance_;  ///< A/m
  std::vector<double> field_;
  SaddlePoint saddle_;
};

}  // namespace

SaddlePoint find_saddle_point(LlgsSystem& system, std::span<const double> m, std::vector<std::vector<double>> guesses,
                              double longest_step, const DescentSettings& settings) {
  return SaddleSearch(system, m, std::move(guesses), longest_step, settings).run();
}

}  // namespace spinsweep::micromagnetics
