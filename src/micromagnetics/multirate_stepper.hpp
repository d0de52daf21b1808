#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/columns.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/runge_kutta_scheme.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Explicit multirate integration of the LLGS equation.
///
/// The demagnetising field costs most and changes slowly; exchange is what is stiff, and it is local. So one step
/// evaluates the demagnetising field once, at its end, and carries it as a quadratic extrapolation of its last three
/// values through as many substeps as the local terms need. Substeps are methods of third order with as many stages as
/// stability demands (runge_kutta_scheme.hpp). Both rates are adaptive: a substep by its error estimate, a step by
/// comparing the extrapolated with the evaluated field at its end.
///
/// Columns of the mesh in which nothing moves are left as they are (passive_rate()). The others, a block around the
/// wall, are active: local terms and the change of the demagnetising field are evaluated there only, the latter
/// exactly, since nothing changes elsewhere. When the motion reaches the block's border, or needs much less of it, the
/// field is evaluated everywhere and the block is chosen anew. If nothing moves at all, time passes in one step.
class MultirateStepper final : public Stepper {
 public:
  /// tolerance: the error a component of m may make in one substep and, through the extrapolated field, in one step, 1.
  MultirateStepper(LlgsSystem& system, double tolerance);

  /// The field's history no longer says how it will go on.
  void restart() override;

  /// Errors: SimulationError if no step, however short, meets the tolerance.
  double step(double time, double end, std::span<double> m) override;

  [[nodiscard]] const StepCounts& counts() const override { return counts_; }

  [[nodiscard]] StepperState state() const override;
  void restore(const StepperState& state) override;

  /// A column is passive while no cell in it has a larger |dm/dt|, 1/s: 3% of the tolerance in a picosecond, and 1e6
  /// 1/s at most. A cell that follows the rest within 20 ps is then off by 0.6 tolerances. A track comes to rest at a
  /// fifth of that rate, at which a wall creeps by 0.006 nm in 10 ns at the default tolerance.
  [[nodiscard]] double passive_rate() const;

 private:
  /// A substep as it was taken but not yet accepted.
  struct Substep {
    double duration = 0.0;  ///< s
    double error = 0.0;     ///< 1
  };

  [[nodiscard]] const RungeKuttaScheme& cheapest_scheme(double duration) const;
  void begin(double time, std::span<const double> m);
  void review_active_columns(double time, std::span<const double> m);
  [[nodiscard]] bool worth_narrowing(double time) const;
  [[nodiscard]] std::span<const double> column_rates() const;
  /// dm/dt of the active columns into slope_, and the largest |dm/dt|^2 of every column. Returns, for slope_ as
  /// take_substep() left it and m as the end of that substep, the largest component of the error estimate over the
  /// substep's duration, or a number that is not finite, 1/s.
  double evaluate_slope(const double* m, const FieldCombination& demagnetization);
  void take_substep(double time, double duration, const double* start, double* end);
  Substep advance_substeps(double time, double end, std::span<const double> m);
  void adapt_substep(Substep accepted);
  void reject_substep(Substep rejected, double time);
  double extrapolation_error(const FieldCombination& extrapolated, std::span<const double> evaluated) const;

  LlgsSystem& system_;
  double tolerance_;
  std::vector<RungeKuttaScheme> schemes_;
  double spectral_radius_ = 0.0;  ///< 1/s
  double largest_substep_ = 0.0;  ///< s, from the stability bound
  double substep_;                ///< s, what the error estimate allows
  double interval_ = 0.0;         ///< s, between evaluations of the demagnetising field
  bool restarted_ = true;
  DemagHistory history_;
  StepCounts counts_;
  Columns active_;
  double reference_time_ = 0.0;          ///< s, when the field was last evaluated in all columns
  std::vector<double> reference_field_;  ///< A/m, what it was then
  bool slope_is_of_m_ = false;           ///< slope_ belongs to the magnetisation the last step ended with
  AlignedVector<double> slope_;          ///< dm/dt at the start of the substep, 1/s; at its end f(u) - 3 f(u_(s-1))
  AlignedVector<double> square_rates_;  ///< largest |dm/dt|^2 of each column and of the columns of the last pack, 1/s^2
  std::array<AlignedVector<double>, 2> stages_;  ///< equal to m outside of the active columns, like the next ones
  std::array<AlignedVector<double>, 2> ends_;    ///< of substeps, in turn
  std::size_t newest_end_ = 0;
};

}  // namespace spinsweep::micromagnetics
