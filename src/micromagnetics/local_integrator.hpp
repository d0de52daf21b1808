#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/runge_kutta_scheme.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Takes Runge-Kutta substeps of the local terms in some columns of a film, under a demagnetising field that is a
/// polynomial in time. Each has as many stages as its duration needs to be stable (runge_kutta_scheme.hpp).
///
/// Where ranks share the film, the functions are collective and return the same on all of them.
///
/// A substep needs the slope at its start, which evaluate_slope() leaves, and ends where the next one starts; its error
/// is known when the slope at its end is.
class LocalIntegrator {
 public:
  /// The system, the history and the counts, which it adds to, must outlive this object.
  LocalIntegrator(LlgsSystem& system, const DemagHistory& history, StepCounts& counts);

  /// Bounds the system's rates as they are now; to be called when current or applied field have changed.
  void restart();
  /// The longest duration of a stable substep, s.
  [[nodiscard]] double largest_substep() const;

  /// Tells the magnetisation in the columns that substeps leave alone.
  void set_passive_magnetization(std::span<const double> m);

  /// Evaluates dm/dt in those columns. m, demagnetization: at one time; the ghost rows of m are fetched. Returns, if m
  /// is the end of the last substep, the largest component of its error estimate over its duration, or a number that is
  /// not finite, 1/s.
  double evaluate_slope(Columns columns, double* m, const FieldCombination& demagnetization);
  /// Largest |dm/dt|^2 of each column at the last evaluation, 1/s^2; zero in columns that were not evaluated.
  /// Collective.
  [[nodiscard]] std::span<const double> square_rates();

  /// Takes a substep from the magnetisation `start` at `time` (s) and its slope; newest() is where it ends.
  void take_substep(Columns columns, double time, double duration, const double* start);
  /// Forgets the last substep; newest() is again the one before.
  void take_back() { newest_ = 1 - newest_; }
  [[nodiscard]] AlignedVector<double>& newest() { return ends_[newest_]; }

 private:
  [[nodiscard]] const RungeKuttaScheme& cheapest_scheme(double duration) const;

  LlgsSystem& system_;
  const DemagHistory& history_;
  StepCounts& counts_;
  std::vector<RungeKuttaScheme> schemes_;
  double spectral_radius_ = 0.0;        ///< 1/s
  AlignedVector<double> slope_;         ///< dm/dt at the start of the substep, 1/s; at its end f(u) - 3 f(u_(s-1))
  AlignedVector<double> square_rates_;  ///< of each column and of the columns of the last pack, 1/s^2
  std::array<AlignedVector<double>, 2> stages_;  ///< equal to m outside of the integrated columns, like the next ones
  std::array<AlignedVector<double>, 2> ends_;    ///< of substeps, in turn
  std::size_t newest_ = 0;
};

}  // namespace spinsweep::micromagnetics
