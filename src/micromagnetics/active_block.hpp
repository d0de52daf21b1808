#pragma once

#include <span>
#include <vector>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The columns of a film that are integrated, a block around the wall, and the demagnetising field in the others.
///
/// In the passive columns the magnetisation stays as it is and the field is not followed. When such a column becomes
/// active its past field is interpolated between the last two evaluations in all columns.
class ActiveBlock {
 public:
  explicit ActiveBlock(const FieldLayout& layout);

  [[nodiscard]] Columns columns() const { return columns_; }
  [[nodiscard]] bool whole() const { return columns_.count() == nx_; }
  [[nodiscard]] double reference_time() const { return reference_time_; }                        ///< s
  [[nodiscard]] const std::vector<double>& reference_field() const { return reference_field_; }  ///< A/m
  void restore(Columns columns, double reference_time, std::vector<double> reference_field);

  void take_all_columns() { columns_ = {0, nx_}; }
  /// Remembers the field that was evaluated in all columns at `time` (s).
  void set_reference(double time, std::span<const double> field);

  /// Whether the block should be chosen anew: the motion has reached its border, or needs much less of it.
  /// square_rates: largest |dm/dt|^2 of each column, 1/s^2; columns with less than `limit` are passive; degree: of the
  /// field's extrapolation.
  [[nodiscard]] bool outdated(double time, std::span<const double> square_rates, double limit, int degree) const;

  /// Evaluates the field of m in all columns, as the newest of the history, and completes the older ones.
  void complete_history(LlgsSystem& system, double time, std::span<const double> m, DemagHistory& history) const;

  /// Chooses the block around what moves faster than `limit` (1/s^2), an empty one if nothing does.
  void choose(std::span<const double> square_rates, double limit);

 private:
  [[nodiscard]] bool worth_narrowing(double time, std::span<const double> square_rates, double limit, int degree) const;

  FieldLayout layout_;
  int nx_;
  Columns columns_;
  double reference_time_ = 0.0;          ///< s, when the field was last evaluated in all columns
  std::vector<double> reference_field_;  ///< A/m, what it was then
};

}  // namespace spinsweep::micromagnetics
