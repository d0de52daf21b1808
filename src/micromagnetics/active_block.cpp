#include "micromagnetics/active_block.hpp"

#include <algorithm>
#include <utility>

#include "micromagnetics/active_columns.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/field_columns.hpp"

namespace spinsweep::micromagnetics {

ActiveBlock::ActiveBlock(const FieldLayout& layout)
    : layout_(layout), nx_(layout.nx()), columns_{0, layout.nx()}, reference_field_(layout.size(), 0.0) {}

void ActiveBlock::restore(Columns columns, double reference_time, std::vector<double> reference_field) {
  columns_ = columns;
  reference_time_ = reference_time;
  reference_field_ = std::move(reference_field);
}

void ActiveBlock::set_reference(double time, std::span<const double> field) {
  reference_time_ = time;
  std::copy(field.begin(), field.end(), reference_field_.begin());
}

bool ActiveBlock::outdated(double time, std::span<const double> square_rates, double limit, int degree) const {
  return !columns_.empty() && (worth_narrowing(time, square_rates, limit, degree) ||
                               (!whole() && border_moves(square_rates, limit, columns_)));
}

bool ActiveBlock::worth_narrowing(double time, std::span<const double> square_rates, double limit, int degree) const {
  // A whole evaluation costs as much as several steps of a narrow block.
  constexpr double shortest_time_between = 20e-12;
  constexpr double wide = 1.25;
  if (time - reference_time_ < shortest_time_between || degree < 2) {
    return false;
  }
  const Columns needed = active_columns(square_rates, limit);
  return needed.count() < columns_.count() && wide * needed.count() < columns_.count();
}

void ActiveBlock::complete_history(LlgsSystem& system, double time, std::span<const double> m,
                                   DemagHistory& history) const {
  const LoggedActivity logged(Activity::demagnetizing_field);
  const std::span<double> newest = history.newest();
  system.demagnetizing_field(m, newest);
  for (int age = 1; age <= history.degree(); ++age) {
    const double weight = (history.older_time(age) - reference_time_) / (time - reference_time_);
    const std::span<double> older = history.older(age);
    for (const Columns frozen : {Columns{0, columns_.begin}, Columns{columns_.end, nx_}}) {
      interpolate_columns(layout_, frozen, reference_field_, newest, weight, older);
    }
  }
}

void ActiveBlock::choose(std::span<const double> square_rates, double limit) {
  columns_ = active_columns(square_rates, limit);
  if (columns_.empty()) {
    // With an empty block nothing moves until the end of the segment, so the limit is lower here: the whole mesh is
    // frozen only when its largest rate is this fraction of the rate at which a column is.
    constexpr double rest_ratio = 0.2;
    columns_ = active_columns(square_rates, rest_ratio * rest_ratio * limit);
  }
}

}  // namespace spinsweep::micromagnetics
