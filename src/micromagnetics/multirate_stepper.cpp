#include "micromagnetics/multirate_stepper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/extrapolation_error.hpp"
#include "micromagnetics/field_columns.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// The first interval after a restart, where the field is extrapolated as a constant; s.
constexpr double first_interval = 0.1e-12;
/// Beyond this the feedback of m on its own extrapolated field becomes unstable whatever the error estimate says; in
/// units of 1/(gamma0 Ms).
constexpr double largest_interval_in_precession_times = 1.0;
/// With shorter stable substeps a case would not end within months, nor a step of it within seconds, so that no signal
/// and no time limit would be seen. A mesh of 0.1 nm cells needs 1e-15 s.
constexpr double shortest_substep = 1e-16;

double largest_interval(const Material& material) {
  return largest_interval_in_precession_times / (material.gyromagnetic_ratio * material.saturation_magnetization);
}

}  // namespace

MultirateStepper::MultirateStepper(LlgsSystem& system, double tolerance)
    : system_(system),
      tolerance_(tolerance),
      history_(system.layout().size()),
      local_(system, history_, counts_),
      substeps_(tolerance),
      block_(system.layout()) {
  restart();
  substeps_.set_allowed(local_.largest_substep());
}

void MultirateStepper::restart() {
  restarted_ = true;
  slope_is_of_m_ = false;
  local_.restart();
  substeps_.set_largest(local_.largest_substep());
}

StepperState MultirateStepper::state() const {
  return {restarted_,
          substeps_.allowed(),
          interval_,
          counts_,
          history_.state(),
          block_.columns(),
          block_.reference_time(),
          block_.reference_field()};
}

void MultirateStepper::restore(const StepperState& state) {
  restart();
  restarted_ = state.restarted;
  substeps_.set_allowed(state.substep);
  interval_ = state.interval;
  counts_ = state.counts;
  history_.restore(state.history);
  block_.restore(state.active, state.reference_time, state.reference_field);
}

double MultirateStepper::passive_rate() const {
  return std::min(0.03 * tolerance_ / 1e-12, 1e6);
}

double MultirateStepper::step(double time, double end, std::span<double> m) {
  if (substeps_.largest() < shortest_substep) {
    throw SimulationError(
        fmt::format("stable steps of {:.2g} s are too short to get anywhere: exchange, anisotropy, DMI or current are "
                    "too strong for "
                    "the cell",
                    substeps_.largest()));
  }
  if (!slope_is_of_m_) {
    begin(time, m);
  }
  if (!restarted_) {
    review_active_columns(time, m);
  }
  restarted_ = false;
  slope_is_of_m_ = false;
  if (block_.columns().empty()) {
    slope_is_of_m_ = true;
    ++counts_.steps;
    return end;
  }
  while (true) {
    const double duration = equal_part(end - time, std::min(interval_, largest_interval(system_.material())));
    // The last part of a segment must end on it to the bit: pulse edges and samples lie there.
    const double step_end = duration >= end - time ? end : time + duration;
    const StepErrors errors = attempt_step(time, duration, step_end, m);
    if (errors.finite && errors.extrapolation <= tolerance_ && substeps_.good(errors.last)) {
      substeps_.accept(errors.last, counts_);
      interval_ = next_interval(duration, errors.extrapolation, largest_growth);
      copy_columns(system_.layout(), block_.columns(), local_.newest(), m);
      history_.advance(step_end);
      slope_is_of_m_ = true;
      ++counts_.steps;
      return step_end;
    }
    shorten(errors, time, duration);
    local_.evaluate_slope(block_.columns(), m.data(), history_.at(time));
  }
}

void MultirateStepper::begin(double time, std::span<double> m) {
  local_.set_passive_magnetization(m);
  if (restarted_) {
    block_.take_all_columns();
    evaluate_first_field(m);
    history_.restart(time);
    block_.set_reference(time, history_.newest());
    interval_ = first_interval;
  }
  local_.evaluate_slope(block_.columns(), m.data(), history_.at(time));
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
  const double limit = passive_rate() * passive_rate();
  if (!block_.outdated(time, local_.square_rates(), limit, history_.degree())) {
    return;
  }
  if (!block_.whole()) {
    block_.complete_history(system_, time, m, history_);
    ++counts_.demag_evaluations;
    ++counts_.whole_demag_evaluations;
    block_.take_all_columns();
    local_.evaluate_slope(block_.columns(), m.data(), history_.at(time));
  }
  block_.set_reference(time, history_.newest());
  block_.choose(local_.square_rates(), limit);
  local_.set_passive_magnetization(m);
}

MultirateStepper::StepErrors MultirateStepper::attempt_step(double time, double duration, double end,
                                                            std::span<double> m) {
  const Columns columns = block_.columns();
  StepErrors errors;
  errors.last = advance_substeps(time, end, m);
  const std::span<double> result = local_.newest();
  errors.finite =
      std::isfinite(errors.last.error) && system_.stripes().all(normalize(system_.layout(), columns, result));
  if (errors.finite) {
    evaluate_next_field(m, result);
    errors.extrapolation =
        extrapolation_error(system_, columns, result, history_.at(end), history_.candidate()) * duration;
    const double* evaluated = history_.candidate().data();
    errors.last.error =
        errors.last.duration *
        local_.evaluate_slope(columns, result.data(), {{evaluated, evaluated, evaluated}, {1.0, 0.0, 0.0}});
  }
  return errors;
}

Substep MultirateStepper::advance_substeps(double time, double end, std::span<double> m) {
  double* start = m.data();
  while (true) {
    const double left = end - time;
    const double duration = equal_part(left, std::min(substeps_.allowed(), substeps_.largest()));
    local_.take_substep(block_.columns(), time, duration, start);
    if (duration >= left) {
      // Its error is judged by the caller, with the demagnetising field evaluated at its end.
      return {duration, 0.0};
    }
    double* result = local_.newest().data();
    const Substep taken{duration,
                        duration * local_.evaluate_slope(block_.columns(), result, history_.at(time + duration))};
    if (!std::isfinite(taken.error)) {
      return taken;
    }
    if (substeps_.good(taken)) {
      substeps_.accept(taken, counts_);
      start = result;
      time += duration;
    } else {
      substeps_.reject(taken, time, counts_);
      local_.take_back();
      local_.evaluate_slope(block_.columns(), start, history_.at(time));
    }
  }
}

void MultirateStepper::shorten(const StepErrors& errors, double time, double duration) {
  if (!errors.finite) {
    interval_ = 0.2 * duration;
  } else if (errors.extrapolation > tolerance_) {
    interval_ = next_interval(duration, errors.extrapolation, growth_after_rejection);
  }
  ++counts_.rejected_steps;
  if (errors.finite && !substeps_.good(errors.last)) {
    substeps_.reject(errors.last, time, counts_);
  }
  if (interval_ < smallest_step_ratio * substeps_.largest()) {
    give_up(tolerance_, time, "demagnetising field");
  }
}

double MultirateStepper::next_interval(double duration, double error, double growth) const {
  return controlled_step(duration, tolerance_, error, history_.degree() + 2, growth);
}

}  // namespace spinsweep::micromagnetics
