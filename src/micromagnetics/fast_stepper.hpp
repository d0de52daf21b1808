#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/runge_kutta_scheme.hpp"
#include "micromagnetics/step_control.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// The inner stepper of the multirate integration: advances the magnetisation in some columns of a film in adaptive
/// Runge-Kutta fast steps of the local terms, under a demagnetising field that is a polynomial in time. A fast step has
/// as many stages as its duration needs to be stable (runge_kutta_scheme.hpp).
///
/// A fast step needs the slope at its start, which evaluate_slope() leaves, and ends where the next one starts; its
/// error is known when the slope at its end is.
///
/// Where ranks share the film, the functions are collective and return the same on all of them.
class FastStepper {
 public:
  /// tolerance: error of a component of m in one fast step, 1. The system, the history and the counts, to which it
  /// adds, must outlive this object.
  FastStepper(LlgsSystem& system, const DemagHistory& history, double tolerance, StepCounts& counts);

  /// Updates the stability bound; to be called when the current or the applied field has changed.
  void restart();
  /// Which durations are stable and accurate.
  [[nodiscard]] FastStepControl& control() { return control_; }
  [[nodiscard]] const FastStepControl& control() const { return control_; }

  /// Called before every sixteenth fast step that evolve() tries; see Stepper::watch().
  void watch(Stepper::DuringStep during_step) { during_step_ = std::move(during_step); }

  /// Sets the magnetisation in the columns that are not integrated.
  void set_frozen_magnetization(std::span<const double> m);

  /// Evaluates dm/dt in those columns at `time` (s). m, demagnetization: at the same time; the ghost rows of m are
  /// fetched. Returns, if m is the end of the last fast step, the largest component of its error estimate over its
  /// duration, or a number that is not finite, 1/s.
  double evaluate_slope(Columns columns, double time, double* m, const FieldCombination& demagnetization);
  /// Largest |dm/dt|^2 of each column at the last evaluation, 1/s^2; zero in columns that were not evaluated.
  /// Collective.
  [[nodiscard]] std::span<const double> square_rates();

  /// Integrates from m at `time` (s), where the slope must have been evaluated, to `end`, where result() is left, not
  /// normalised. Returns the last fast step, not yet accepted and without its error: the caller can judge it by the
  /// slope under the demagnetising field evaluated at the end. If a number is not finite it stops early with a step
  /// whose error is not. Errors: SimulationError if no fast step meets the tolerance.
  FastStep evolve(Columns columns, double time, double end, double* m);
  [[nodiscard]] AlignedVector<double>& result() { return ends_[newest_]; }

 private:
  [[nodiscard]] const RungeKuttaScheme& cheapest_scheme(double duration) const;
  /// Takes a fast step from the magnetisation `start` and its slope; result() is where it ends.
  void take_step(Columns columns, double time, double duration, const double* start);

  LlgsSystem& system_;
  const DemagHistory& history_;
  StepCounts& counts_;
  FastStepControl control_;
  Stepper::DuringStep during_step_;
  std::vector<RungeKuttaScheme> schemes_;
  double spectral_radius_ = 0.0;        ///< 1/s
  AlignedVector<double> slope_;         ///< dm/dt at the start of the fast step, 1/s; at its end f(u) - 3 f(u_(s-1))
  AlignedVector<double> square_rates_;  ///< of each column and of the columns of the last pack, 1/s^2
  std::array<AlignedVector<double>, 2> stages_;  ///< equal to m outside of the integrated columns, like the next ones
  std::array<AlignedVector<double>, 2> ends_;    ///< of fast steps, in turn
  std::size_t newest_ = 0;
};

}  // namespace spinsweep::micromagnetics
