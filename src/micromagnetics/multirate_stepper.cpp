#include "micromagnetics/multirate_stepper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/extrapolation_error.hpp"
#include "micromagnetics/field_columns.hpp"
#include "micromagnetics/step_control.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// The first slow step after a restart, over which the field is extrapolated as a constant; s.
constexpr double first_slow_step = 0.1e-12;
/// Beyond this the feedback of m on its own extrapolated field is unstable, whatever the error estimate is; in units of
/// 1/(gamma0 Ms).
constexpr double largest_slow_step_in_precession_times = 1.0;
/// If the stable fast steps are shorter than this, a case takes months and a single slow step takes seconds, during
/// which neither a signal nor the time limit is noticed. A mesh of 0.1 nm cells needs 1e-15 s.
constexpr double shortest_fast_step = 1e-16;

double largest_slow_step(const Material& material) {
  return largest_slow_step_in_precession_times / (material.gyromagnetic_ratio * material.saturation_magnetization);
}

}  // namespace

MultirateStepper::MultirateStepper(LlgsSystem& system, double tolerance)
    : system_(system),
      tolerance_(tolerance),
      history_(system.layout().size()),
      fast_(system, history_, tolerance, counts_),
      block_(system.layout()) {}

void MultirateStepper::watch(const DuringStep& during_step) {
  during_step_ = during_step;
  fast_.watch(during_step_);
}

void MultirateStepper::restart() {
  restarted_ = true;
  slope_is_of_m_ = false;
  fast_.restart();
}

StepperState MultirateStepper::state() const {
  return {restarted_,
          fast_.control().allowed(),
          slow_step_,
          counts_,
          history_.state(),
          block_.columns(),
          block_.reference_time(),
          block_.reference_field(),
          block_.largest_rate(),
          block_.frozen_until()};
}

void MultirateStepper::restore(const StepperState& state) {
  restart();
  restarted_ = state.restarted;
  fast_.control().set_allowed(state.fast_step);
  slow_step_ = state.slow_step;
  counts_ = state.counts;
  history_.restore(state.history);
  block_.restore(state);
}

double MultirateStepper::frozen_rate() const {
  return std::min(0.03 * tolerance_ / 1e-12, 1e6);
}

ActiveBlock::Limits MultirateStepper::limits(double time) const {
  constexpr double rest_ratio = 0.2;
  constexpr double rounding = 1e-11;
  constexpr double frozen_angle_in_tolerances = 30.0;
  constexpr double angle_at_rest_in_tolerances = 10.0;
  const double remaining = std::max(corner_ - time, 0.0);
  return {
      .frozen_rate = frozen_rate(),
      .rest_rate = std::min(rest_ratio * frozen_rate(), angle_at_rest_in_tolerances * tolerance_ / remaining),
      .rest_until = corner_,
      .rounding_rate = rounding * system_.material().gyromagnetic_ratio * system_.material().saturation_magnetization,
      .frozen_angle = frozen_angle_in_tolerances * tolerance_};
}

double MultirateStepper::step(double time, double end, std::span<double> m) {
  if (fast_.control().largest() < shortest_fast_step) {
    throw SimulationError(
        fmt::format("the time step that is stable, {:.2g} s, is too short to simulate the case: exchange, anisotropy, "
                    "DMI or current are too strong for the cell",
                    fast_.control().largest()));
  }
  if (block_.columns().empty() && block_.overdue(time)) {
    restart();
  }
  if (!slope_is_of_m_) {
    begin(time, m);
  }
  // A current that begins to rise moves a magnetisation that was at rest: all columns stay active while it changes.
  if (!restarted_ && system_.current().is_constant()) {
    review_active_columns(time, m);
  }
  restarted_ = false;
  slope_is_of_m_ = false;
  if (block_.columns().empty()) {
    slope_is_of_m_ = true;
    ++counts_.steps;
    return end;
  }
  for (int rejections = 1;; ++rejections) {
    const double duration = equal_part(end - time, std::min(slow_step_, largest_slow_step(system_.material())));
    // The last step of a segment must end exactly where the segment does: pulse edges and samples lie there.
    const double step_end = duration >= end - time ? end : time + duration;
    const StepErrors errors = attempt_step(time, duration, step_end, m);
    if (errors.finite && errors.extrapolation <= tolerance_ && fast_.control().good(errors.last)) {
      fast_.control().lift_ceiling();
      fast_.control().accept(errors.last, counts_);
      slow_step_ = next_slow_step(duration, errors.extrapolation, largest_growth);
      copy_columns(system_.layout(), block_.columns(), fast_.result(), m);
      history_.advance(step_end);
      slope_is_of_m_ = true;
      ++counts_.steps;
      return step_end;
    }
    if (during_step_) {
      during_step_();
    }
    shorten(errors, time, duration, rejections);
    fast_.evaluate_slope(block_.columns(), time, m.data(), history_.at(time));
  }
}

void MultirateStepper::begin(double time, std::span<double> m) {
  fast_.set_frozen_magnetization(m);
  if (restarted_) {
    block_.restart();
    evaluate_first_field(m);
    history_.restart(time);
    block_.set_reference(time, history_.newest());
    slow_step_ = first_slow_step;
  }
  fast_.evaluate_slope(block_.columns(), time, m.data(), history_.at(time));
}

void MultirateStepper::evaluate_first_field(std::span<const double> m) {
  const LoggedActivity logged(Activity::demagnetizing_field);
  system_.demagnetizing_field(m, history_.newest());
  ++counts_.demag_evaluations;
  ++counts_.whole_demag_evaluations;
}

void MultirateStepper::evaluate_next_field(std::span<const double> m, std::span<const double> result) {
  const LoggedActivity logged(Activity::demagnetizing_field);
  system_.update_demagnetizing_field(block_.columns(), m, result, history_.newest(), history_.candidate());
  ++counts_.demag_evaluations;
  counts_.whole_demag_evaluations += block_.whole() ? 1 : 0;
}

void MultirateStepper::review_active_columns(double time, std::span<double> m) {
  const bool overdue = block_.overdue(time);
  if (!overdue && !block_.outdated(time, fast_.square_rates(), frozen_rate() * frozen_rate(), history_.degree())) {
    return;
  }
  if (!block_.whole()) {
    block_.complete_history(system_, time, m, history_);
    ++counts_.demag_evaluations;
    ++counts_.whole_demag_evaluations;
    block_.take_all_columns();
    fast_.evaluate_slope(block_.columns(), time, m.data(), history_.at(time));
  }
  block_.set_reference(time, history_.newest());
  if (!overdue) {
    block_.choose(time, fast_.square_rates(), limits(time));
  }
  fast_.set_frozen_magnetization(m);
}

MultirateStepper::StepErrors MultirateStepper::attempt_step(double time, double duration, double end,
                                                            std::span<double> m) {
  const Columns columns = block_.columns();
  StepErrors errors;
  errors.last = fast_.evolve(columns, time, end, m.data());
  const std::span<double> result = fast_.result();
  errors.finite =
      std::isfinite(errors.last.error) && system_.decomposition().all(normalize(system_.layout(), columns, result));
  if (errors.finite) {
    evaluate_next_field(m, result);
    errors.extrapolation =
        extrapolation_error(system_, columns, result, history_.at(end), history_.candidate()) * duration;
    const double* evaluated = history_.candidate().data();
    errors.last.error =
        errors.last.duration *
        fast_.evaluate_slope(columns, end, result.data(), {{evaluated, evaluated, evaluated}, {1.0, 0.0, 0.0}});
  }
  return errors;
}

void MultirateStepper::shorten(const StepErrors& errors, double time, double duration, int rejections) {
  if (!errors.finite) {
    slow_step_ = 0.2 * duration;
  } else if (errors.extrapolation > tolerance_) {
    slow_step_ = next_slow_step(duration, errors.extrapolation, growth_after_rejection);
  }
  ++counts_.rejected_steps;
  if (errors.finite && !fast_.control().good(errors.last)) {
    fast_.control().reject(errors.last, time, counts_);
    if (rejections > usual_rejections) {
      // The good fast steps before the last one would lengthen it again, and the same attempt would be repeated for
      // ever.
      fast_.control().set_ceiling(fast_.control().allowed());
      slow_step_ = std::min(slow_step_, 0.5 * duration);
    }
  }
  if (slow_step_ < smallest_step_ratio * fast_.control().largest()) {
    give_up(tolerance_, time, "demagnetising field");
  }
}

double MultirateStepper::next_slow_step(double duration, double error, double growth) const {
  return controlled_step(duration, tolerance_, error, history_.degree() + 2, growth);
}

}  // namespace spinsweep::micromagnetics
