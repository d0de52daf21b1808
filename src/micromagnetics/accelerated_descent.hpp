#pragma once

#include <span>
#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::micromagnetics {

/// A magnetisation that follows a force with momentum on the product of unit spheres: Y. Nesterov's accelerated descent
/// with the restart of B. O'Donoghue and E. Candes, Found. Comput. Math. 15, 715 (2015), gradient scheme. The force may
/// be any part of the effective field, as across a path or a mode.
class AcceleratedDescent {
 public:
  /// step: m/A, at most 1/curvature_bound(). The layout outlives this.
  AcceleratedDescent(const FieldLayout& layout, double step, std::span<const double> m);

  /// Where the force of the next step belongs: beyond the last step by its momentum.
  [[nodiscard]] const std::vector<double>& ahead() const { return ahead_; }
  /// Where the last step has led.
  [[nodiscard]] const std::vector<double>& reached() const { return m_; }

  /// One step along the force at ahead(), A/m, a field tangent to it.
  void step_along(std::span<const double> force);

 private:
  const FieldLayout& layout_;
  double step_;
  double since_restart_ = 0.0;
  std::vector<double> m_;
  std::vector<double> ahead_;
};

}  // namespace spinsweep::micromagnetics
