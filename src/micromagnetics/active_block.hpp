#pragma once

#include <span>
#include <vector>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The active columns of a film, a block around the wall, and the demagnetising field in the frozen ones.
///
/// In the frozen columns the magnetisation is constant and the field is not computed. When such a column becomes
/// active, its past field is interpolated between the last two evaluations in all columns.
class ActiveBlock {
 public:
  explicit ActiveBlock(const FieldLayout& layout);

  [[nodiscard]] Columns columns() const { return columns_; }
  [[nodiscard]] bool whole() const { return columns_.count() == nx_; }
  [[nodiscard]] double reference_time() const { return reference_time_; }                        ///< s
  [[nodiscard]] const std::vector<double>& reference_field() const { return reference_field_; }  ///< A/m
  void restore(Columns columns, double reference_time, std::vector<double> reference_field);

  void take_all_columns() { columns_ = {0, nx_}; }
  /// Keeps the field that was evaluated in all columns at `time` (s).
  void set_reference(double time, std::span<const double> field);

  /// Whether a new block should be chosen: the motion has reached the border of this one, or a much smaller one would
  /// do. square_rates: largest |dm/dt|^2 of each column, 1/s^2; columns with less than `limit` are frozen; degree: of
  /// the field's extrapolation.
  [[nodiscard]] bool outdated(double time, std::span<const double> square_rates, double limit, int degree) const;

  /// Evaluates the field of m in all columns, as the newest of the history, and completes the older ones.
  void complete_history(LlgsSystem& system, double time, std::span<const double> m, DemagHistory& history) const;

  /// Chooses the block around the columns whose square rate exceeds `limit` (1/s^2), an empty one if there is none.
  void choose(std::span<const double> square_rates, double limit);

 private:
  [[nodiscard]] bool worth_narrowing(double time, std::span<const double> square_rates, double limit, int degree) const;

  FieldLayout layout_;
  int nx_;
  Columns columns_;
  double reference_time_ = 0.0;          ///< s, when the field was last evaluated in all columns
  std::vector<double> reference_field_;  ///< A/m, the field then
};

}  // namespace spinsweep::micromagnetics
