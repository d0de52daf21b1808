#pragma once

#include <span>

#include "base/aligned_vector.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::benchmarks {

/// The torque of the exchange field alone, N(m) = -g0/(1 + alpha^2) (m x H +
/// alpha m x (m x H)), and its derivative.
class ExchangeTorque {
 public:
  explicit ExchangeTorque(const micromagnetics::LlgsSystem& system);

  /// result = N(m), 1/s.
  void evaluate(const double* m, double* result) const;

  /// Linearises at m.
  void linearize(const double* m);
  /// result = shift v - N'(m) v at the m of linearize(), 1/s.
  void apply_shifted(double shift, const double* v, double* result) const;

  /// The coefficient of the Laplacian's stencil in a constant operator as
  /// strong as N', 1/s: the modulus of the eigenvalues (alpha +- i) g0 a/(1 +
  /// alpha^2).
  [[nodiscard]] double strength() const;

 private:
  const micromagnetics::LlgsSystem& system_;
  double factor_;   ///< g0/(1 + alpha^2), m/(A s)
  double damping_;  ///< 1
  AlignedVector<double> m_;
  AlignedVector<double> field_;  ///< exchange field of m_, A/m
};

}  // namespace spinsweep::benchmarks
