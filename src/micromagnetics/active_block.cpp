#include "micromagnetics/active_block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "micromagnetics/active_columns.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/field_columns.hpp"

namespace spinsweep::micromagnetics {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// The largest |dm/dt| of some columns, 1/s.
double fastest(std::span<const double> square_rates) {
  return square_rates.empty() ? 0.0 : std::sqrt(*std::max_element(square_rates.begin(), square_rates.end()));
}

}  // namespace

ActiveBlock::ActiveBlock(const FieldLayout& layout)
    : layout_(layout),
      nx_(layout.nx()),
      columns_{0, layout.nx()},
      reference_field_(layout.size(), 0.0),
      frozen_until_(never) {}

void ActiveBlock::restore(const StepperState& state) {
  columns_ = state.active;
  reference_time_ = state.reference_time;
  reference_field_ = state.reference_field;
  largest_rate_ = state.largest_rate;
  frozen_until_ = state.frozen_until;
}

void ActiveBlock::restart() {
  take_all_columns();
  largest_rate_ = 0.0;
}

void ActiveBlock::take_all_columns() {
  columns_ = {0, nx_};
  frozen_until_ = never;
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

void ActiveBlock::choose(double time, std::span<const double> square_rates, const Limits& limits) {
  const auto faster_than = [square_rates](double rate) { return active_columns(square_rates, rate * rate); };
  const double previous_rate = std::exchange(largest_rate_, fastest(square_rates));
  take_all_columns();
  columns_ = faster_than(limits.frozen_rate);
  if (columns_.empty()) {
    const bool grows = largest_rate_ > std::max(previous_rate, limits.rounding_rate);
    columns_ = grows ? Columns{0, nx_} : faster_than(limits.rest_rate);
  }
  if (columns_.empty()) {
    frozen_until_ = limits.rest_until;
  } else if (!whole()) {
    const double frozen_rate = std::max(fastest(square_rates.first(static_cast<std::size_t>(columns_.begin))),
                                        fastest(square_rates.subspan(static_cast<std::size_t>(columns_.end))));
    frozen_until_ = time + limits.frozen_angle / frozen_rate;
  }
}

}  // namespace spinsweep::micromagnetics
