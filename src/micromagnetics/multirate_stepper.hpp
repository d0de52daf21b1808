#pragma once

#include <span>

#include "micromagnetics/active_block.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/fast_stepper.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Explicit multirate integration of the LLGS equation: the coupling of a slow and a fast part.
///
/// The slow part is the demagnetising field, which costs most and changes slowly; the fast part is local, with the
/// stiff exchange field. A slow step evaluates the demagnetising field once, at its end. Until then the field is the
/// quadratic polynomial through its last three values, under which FastStepper takes as many fast steps as the local
/// terms need. Both steps are adaptive: the fast one by its error estimate, the slow one by comparing the extrapolated
/// field with the one evaluated at its end.
///
/// Columns of the mesh in which nothing moves are frozen (frozen_rate()). The others, a block around the wall, are
/// active: only there are the local terms and the change of the demagnetising field evaluated. The change is exact,
/// since nothing changes elsewhere. When the motion reaches the border of the block, or a much smaller block would do,
/// the field is evaluated everywhere and a new block is chosen. If nothing moves at all, the segment is one step.
class MultirateStepper final : public Stepper {
 public:
  /// tolerance: error of a component of m in one fast step and, through the extrapolated field, in one slow step, 1.
  MultirateStepper(LlgsSystem& system, double tolerance);

  /// Discards the field's history, which no longer predicts the field.
  void restart() override;

  /// Errors: SimulationError if no step, however short, meets the tolerance.
  double step(double time, double end, std::span<double> m) override;

  void watch(const DuringStep& during_step) override;

  [[nodiscard]] const StepCounts& counts() const override { return counts_; }

  [[nodiscard]] StepperState state() const override;
  void restore(const StepperState& state) override;

  void set_corner(double time) override { corner_ = time; }

  /// A column is frozen while no cell in it has a larger |dm/dt|, 1/s: 3 % of the tolerance in a picosecond, but at
  /// most 1e6 1/s. A cell that is frozen for 20 ps is then wrong by 0.6 tolerances.
  [[nodiscard]] double frozen_rate() const;

 private:
  /// Error estimates at the end of a slow step.
  struct StepErrors {
    bool finite = false;
    double extrapolation = 0.0;  ///< of the demagnetising field, as an error of m, 1
    FastStep last;               ///< the last fast step
  };

  /// What may be frozen from `time` (s) on: the whole track only if it would turn by less than ten tolerances until
  /// the next corner.
  [[nodiscard]] ActiveBlock::Limits limits(double time) const;
  void begin(double time, std::span<double> m);
  /// The demagnetising field of m, the first of a history.
  void evaluate_first_field(std::span<const double> m);
  /// The field at the end of a step from m to `result`, as the history's candidate.
  void evaluate_next_field(std::span<const double> m, std::span<const double> result);
  void review_active_columns(double time, std::span<double> m);
  StepErrors attempt_step(double time, double duration, double end, std::span<double> m);
  /// After the rejection of a slow step, the given one in a row from the same time.
  void shorten(const StepErrors& errors, double time, double duration, int rejections);
  [[nodiscard]] double next_slow_step(double duration, double error, double growth) const;

  LlgsSystem& system_;
  double tolerance_;
  StepCounts counts_;
  DemagHistory history_;
  FastStepper fast_;
  ActiveBlock block_;
  DuringStep during_step_;
  double corner_ = 0.0;     ///< s
  double slow_step_ = 0.0;  ///< s, between evaluations of the demagnetising field
  bool restarted_ = true;
  bool slope_is_of_m_ = false;  ///< the last slope belongs to the magnetisation the last step ended with
};

}  // namespace spinsweep::micromagnetics
