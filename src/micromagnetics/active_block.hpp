#pragma once

#include <span>
#include <vector>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// The active columns of a film, a block around the wall, and the demagnetising field in the frozen ones.
///
/// In the frozen columns the magnetisation is constant and the field is not computed. When such a column becomes
/// active, its past field is interpolated between the last two evaluations in all columns.
class ActiveBlock {
 public:
  /// Bounds on what is frozen.
  struct Limits {
    double frozen_rate = 0.0;    ///< 1/s, largest |dm/dt| of a frozen column while others are active
    double rest_rate = 0.0;      ///< 1/s, largest |dm/dt| of a mesh that is frozen as a whole
    double rest_until = 0.0;     ///< s, the end of that
    double rounding_rate = 0.0;  ///< 1/s, below which |dm/dt| may be an effect of rounding
    double frozen_angle = 0.0;   ///< rad, through which a frozen column may fail to turn before it becomes active again
  };

  explicit ActiveBlock(const FieldLayout& layout);

  [[nodiscard]] Columns columns() const { return columns_; }
  [[nodiscard]] bool whole() const { return columns_.count() == nx_; }
  [[nodiscard]] double reference_time() const { return reference_time_; }                        ///< s
  [[nodiscard]] const std::vector<double>& reference_field() const { return reference_field_; }  ///< A/m
  [[nodiscard]] double largest_rate() const { return largest_rate_; }  ///< 1/s, when a block was last chosen
  [[nodiscard]] double frozen_until() const { return frozen_until_; }  ///< s
  void restore(const StepperState& state);

  /// All columns become active, as after a change from outside: whether the motion grows is not known yet.
  void restart();
  void take_all_columns();
  /// Keeps the field that was evaluated in all columns at `time` (s).
  void set_reference(double time, std::span<const double> field);

  /// Whether a new block should be chosen: the motion has reached the border of this one, or a much smaller one would
  /// do. square_rates: largest |dm/dt|^2 of each column, 1/s^2; columns with less than `limit` are frozen; degree: of
  /// the field's extrapolation.
  [[nodiscard]] bool outdated(double time, std::span<const double> square_rates, double limit, int degree) const;
  /// Whether columns have been frozen for as long as the limits allow.
  [[nodiscard]] bool overdue(double time) const { return time >= frozen_until_; }

  /// Evaluates the field of m in all columns, as the newest of the history, and completes the older ones.
  void complete_history(LlgsSystem& system, double time, std::span<const double> m, DemagHistory& history) const;

  /// Chooses the block around the columns that are faster than the frozen rate. If there is none, the block is empty,
  /// unless a column is faster than the rest rate or the motion has grown since a block was last chosen, as it does
  /// around a state that is not stable.
  void choose(double time, std::span<const double> square_rates, const Limits& limits);

 private:
  [[nodiscard]] bool worth_narrowing(double time, std::span<const double> square_rates, double limit, int degree) const;

  FieldLayout layout_;
  int nx_;
  Columns columns_;
  double reference_time_ = 0.0;          ///< s, when the field was last evaluated in all columns
  std::vector<double> reference_field_;  ///< A/m, the field then
  double largest_rate_ = 0.0;            ///< 1/s, of all columns when a block was last chosen
  double frozen_until_;                  ///< s
};

}  // namespace spinsweep::micromagnetics
