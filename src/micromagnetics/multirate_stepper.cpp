#include "micromagnetics/multirate_stepper.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "micromagnetics/active_columns.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/field_columns.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// The first interval after a restart, where the field is extrapolated as a constant; s.
constexpr double first_interval = 0.1e-12;
/// Beyond this the feedback of m on its own extrapolated field becomes unstable whatever the error estimate says; in
/// units of 1/(gamma0 Ms).
constexpr double largest_interval_in_precession_times = 1.0;
/// A step this much shorter than the stability bound means that the solution is not smooth at any resolution.
constexpr double smallest_substep_ratio = 1e-7;
/// More stable substeps than this to the next sample or pulse edge would never end: months on any machine.
constexpr double most_substeps = 1e9;
/// A mesh comes to rest when the largest rate is this much below that of a passive column.
constexpr double rest_ratio = 0.2;
constexpr double stability_safety = 0.95;
constexpr double controller_safety = 0.9;
constexpr double largest_growth = 2.0;
constexpr double growth_after_rejection = 0.9;
/// h times this times f(u) - 3 f(u_(s-1)) + 2 f(u') is the error estimate: to leading order h^3/48 times the third
/// derivative of u, that of the Bogacki-Shampine pair.
constexpr double error_weight = 1.0 / 16.0;

/// The step of a controller of an estimate that goes with the power `order` of the step.
double controlled(double step, double tolerance, double error, double order, double growth) {
  const double wanted = controller_safety * std::pow(tolerance / std::max(error, 1e-3 * tolerance), 1.0 / order);
  return step * std::clamp(wanted, 0.2, growth);
}

/// The duration of the next of as many equal parts of `left` as are needed for none to exceed `largest`.
double equal_part(double left, double largest) {
  return left / std::max(1.0, std::ceil(left / largest - 1e-9));
}

[[noreturn]] void give_up(double tolerance, double time, const char* what) {
  throw SimulationError("no step meets the tolerance " + std::to_string(tolerance) +
                        " at t = " + std::to_string(time * 1e9) + " ns: the " + what + " changes too fast");
}

}  // namespace

MultirateStepper::MultirateStepper(LlgsSystem& system, double tolerance)
    : system_(system),
      tolerance_(tolerance),
      schemes_(stable_schemes(system.material().damping)),
      substep_(0.0),
      history_(system.layout().size()),
      active_{0, system.layout().nx()} {
  reference_field_.assign(system.layout().size(), 0.0);
  for (auto* buffer : {&slope_, &stages_[0], &stages_[1], &ends_[0], &ends_[1]}) {
    buffer->assign(system.layout().size(), 0.0);
  }
  square_rates_.assign(system.layout().row_stride(), 0.0);
  restart();
  substep_ = largest_substep_;
}

void MultirateStepper::restart() {
  restarted_ = true;
  slope_is_of_m_ = false;
  spectral_radius_ = spectral_radius_bound(system_);
  largest_substep_ = stability_safety * schemes_.back().radius / spectral_radius_;
}

StepperState MultirateStepper::state() const {
  return {restarted_, substep_, interval_, counts_, history_.state(), active_, reference_time_, reference_field_};
}

void MultirateStepper::restore(const StepperState& state) {
  restart();
  restarted_ = state.restarted;
  substep_ = state.substep;
  interval_ = state.interval;
  counts_ = state.counts;
  history_.restore(state.history);
  active_ = state.active;
  reference_time_ = state.reference_time;
  reference_field_ = state.reference_field;
}

double MultirateStepper::passive_rate() const {
  return std::min(0.03 * tolerance_ / 1e-12, 1e6);
}

std::span<const double> MultirateStepper::column_rates() const {
  return {square_rates_.data(), static_cast<std::size_t>(system_.layout().nx())};
}

const RungeKuttaScheme& MultirateStepper::cheapest_scheme(double duration) const {
  const double needed = duration * spectral_radius_ / stability_safety;
  const auto fit =
      std::find_if(schemes_.begin(), schemes_.end(), [=](const auto& scheme) { return scheme.radius >= needed; });
  return fit != schemes_.end() ? *fit : schemes_.back();
}

double MultirateStepper::step(double time, double end, std::span<double> m) {
  if (end - time > most_substeps * largest_substep_) {
    throw SimulationError("stable steps of " + std::to_string(largest_substep_ * 1e12) +
                          " ps are too short to get anywhere: exchange, anisotropy or DMI are too strong for the cell");
  }
  if (!slope_is_of_m_) {
    begin(time, m);
  }
  if (!restarted_) {
    review_active_columns(time, m);
  }
  restarted_ = false;
  slope_is_of_m_ = false;
  if (active_.empty()) {
    slope_is_of_m_ = true;
    ++counts_.steps;
    return end;
  }
  const double largest_interval = largest_interval_in_precession_times /
                                  (system_.material().gyromagnetic_ratio * system_.material().saturation_magnetization);
  while (true) {
    const double duration = equal_part(end - time, std::min(interval_, largest_interval));
    // The last part of a segment must end on it to the bit: pulse edges and samples lie there.
    const double step_end = duration >= end - time ? end : time + duration;
    Substep last = advance_substeps(time, step_end, m);
    AlignedVector<double>& result = ends_[newest_end_];
    const bool finite = std::isfinite(last.error) && normalize(system_.layout(), active_, result);
    double error = 0.0;
    if (finite) {
      system_.update_demagnetizing_field(active_, m, result, history_.newest(), history_.candidate());
      ++counts_.demag_evaluations;
      counts_.whole_demag_evaluations += active_.count() == system_.layout().nx() ? 1 : 0;
      const FieldCombination extrapolated = history_.at(step_end);
      error = extrapolation_error(extrapolated, history_.candidate()) * duration;
      const double* evaluated = history_.candidate().data();
      last.error = last.duration * evaluate_slope(result.data(), {{evaluated, evaluated, evaluated}, {1.0, 0.0, 0.0}});
    }
    const bool substep_good = !finite || last.error <= tolerance_;
    if (finite && error <= tolerance_ && substep_good) {
      adapt_substep(last);
      interval_ = controlled(duration, tolerance_, error, history_.degree() + 2, largest_growth);
      copy_columns(system_.layout(), active_, result, m);
      history_.advance(step_end);
      slope_is_of_m_ = true;
      ++counts_.steps;
      return step_end;
    }
    if (!finite) {
      interval_ = 0.2 * duration;
    } else if (error > tolerance_) {
      interval_ = controlled(duration, tolerance_, error, history_.degree() + 2, growth_after_rejection);
    }
    ++counts_.rejected_steps;
    if (!substep_good) {
      reject_substep(last, time);
    }
    if (interval_ < smallest_substep_ratio * largest_substep_) {
      give_up(tolerance_, time, "demagnetising field");
    }
    evaluate_slope(m.data(), history_.at(time));
  }
}

void MultirateStepper::begin(double time, std::span<const double> m) {
  for (auto* buffer : {&stages_[0], &stages_[1], &ends_[0], &ends_[1]}) {
    std::copy(m.begin(), m.end(), buffer->begin());
  }
  if (restarted_) {
    active_ = {0, system_.layout().nx()};
    system_.demagnetizing_field(m, history_.newest());
    ++counts_.demag_evaluations;
    ++counts_.whole_demag_evaluations;
    history_.restart(time);
    reference_time_ = time;
    std::copy(history_.newest().begin(), history_.newest().end(), reference_field_.begin());
    interval_ = first_interval;
  }
  evaluate_slope(m.data(), history_.at(time));
}

void MultirateStepper::review_active_columns(double time, std::span<const double> m) {
  const double limit = passive_rate() * passive_rate();
  const bool whole = active_.count() == system_.layout().nx();
  if (active_.empty() || (!worth_narrowing(time) && (whole || !border_moves(column_rates(), limit, active_)))) {
    return;
  }
  if (!whole) {
    // Everywhere, into the newest evaluation; the ones before it are continued linearly where they were not evaluated.
    const std::span<double> newest = history_.newest();
    system_.demagnetizing_field(m, newest);
    ++counts_.demag_evaluations;
    ++counts_.whole_demag_evaluations;
    for (int age = 1; age <= history_.degree(); ++age) {
      const double weight = (history_.older_time(age) - reference_time_) / (time - reference_time_);
      const std::span<double> older = history_.older(age);
      for (const Columns passive : {Columns{0, active_.begin}, Columns{active_.end, system_.layout().nx()}}) {
        interpolate_columns(system_.layout(), passive, reference_field_, newest, weight, older);
      }
    }
    active_ = {0, system_.layout().nx()};
    evaluate_slope(m.data(), history_.at(time));
  }
  reference_time_ = time;
  std::copy(history_.newest().begin(), history_.newest().end(), reference_field_.begin());
  active_ = active_columns(column_rates(), limit);
  if (active_.empty()) {
    // Nothing would move to the end of the segment, so for the last to stop the limit is lower.
    active_ = active_columns(column_rates(), rest_ratio * rest_ratio * limit);
  }
  for (auto* buffer : {&stages_[0], &stages_[1], &ends_[0], &ends_[1]}) {
    std::copy(m.begin(), m.end(), buffer->begin());
  }
}

bool MultirateStepper::worth_narrowing(double time) const {
  // A whole evaluation costs as much as several steps of a narrow block.
  constexpr double shortest_time_between = 20e-12;
  constexpr double wide = 1.25;
  if (time - reference_time_ < shortest_time_between || history_.degree() < 2) {
    return false;
  }
  const Columns needed = active_columns(column_rates(), passive_rate() * passive_rate());
  return needed.count() < active_.count() && wide * needed.count() < active_.count();
}

MultirateStepper::Substep MultirateStepper::advance_substeps(double time, double end, std::span<const double> m) {
  const double* start = m.data();
  while (true) {
    const double left = end - time;
    const double duration = equal_part(left, std::min(substep_, largest_substep_));
    newest_end_ = 1 - newest_end_;
    double* result = ends_[newest_end_].data();
    take_substep(time, duration, start, result);
    if (duration >= left) {
      // Its error is judged by the caller, with the demagnetising field evaluated at its end.
      return {duration, 0.0};
    }
    const Substep taken{duration, duration * evaluate_slope(result, history_.at(time + duration))};
    if (!std::isfinite(taken.error)) {
      return taken;
    }
    if (taken.error <= tolerance_) {
      adapt_substep(taken);
      start = result;
      time += duration;
    } else {
      reject_substep(taken, time);
      newest_end_ = 1 - newest_end_;
      evaluate_slope(start, history_.at(time));
    }
  }
}

void MultirateStepper::adapt_substep(Substep accepted) {
  // A substep that was short only because little was left of the step says nothing against longer ones.
  const double allowed = controlled(accepted.duration, tolerance_, accepted.error, 3.0, largest_growth);
  substep_ =
      std::min(largest_substep_, allowed < largest_growth * accepted.duration ? allowed : std::max(allowed, substep_));
  ++counts_.substeps;
}

void MultirateStepper::reject_substep(Substep rejected, double time) {
  substep_ = controlled(rejected.duration, tolerance_, rejected.error, 3.0, growth_after_rejection);
  ++counts_.rejected_substeps;
  if (substep_ < smallest_substep_ratio * largest_substep_) {
    give_up(tolerance_, time, "magnetisation");
  }
}

double MultirateStepper::evaluate_slope(const double* m, const FieldCombination& demagnetization) {
  std::fill(square_rates_.begin(), square_rates_.end(), 0.0);
  Pack largest = 0.0;
  Pack sum = 0.0;
  const FieldLayout& layout = system_.layout();
  for (int j = 0; j < layout.ny(); ++j) {
    double* rates = square_rates_.data();
    const auto update = [this, &largest, &sum](std::size_t k, const Pack& derivative) {
      const Pack estimate = abs(load(slope_.data() + k) + 2.0 * derivative);
      largest = max(largest, estimate);
      sum += estimate;
      store(derivative, slope_.data() + k);
    };
    const std::size_t first = layout.index(0, j);
    for_each_derivative_of_row(
        system_, m, demagnetization, j, active_,
        [&update, rates, first](std::size_t k, std::size_t size, const BasicVector3<Pack>& derivative) {
          update(k, derivative.x);
          update(k + size, derivative.y);
          update(k + 2 * size, derivative.z);
          double* rate = rates + (k - first);
          store(max(load(rate), dot(derivative, derivative)), rate);
        });
  }
  ++counts_.local_evaluations;
  counts_.active_columns += active_.count();
  // A maximum can swallow a NaN, a sum cannot.
  const double total = reduce(sum);
  return std::isfinite(total) ? error_weight * hmax(largest) : total;
}

void MultirateStepper::take_substep(double time, double duration, const double* start, double* end) {
  const FieldLayout& layout = system_.layout();
  const std::size_t size = layout.component_size();
  const double h = duration;
  double* slope = slope_.data();
  const RungeKuttaScheme& scheme = cheapest_scheme(duration);
  const int stages = scheme.stages;
  const auto field_of_stage = [&](int stage) {
    return history_.at(time + scheme.a[static_cast<std::size_t>(stage - 1)] * h);
  };
  const auto first_stage = [&](int j) {
    const double factor = scheme.a[0] * h;
    double* target = stages_[1].data();
    for (std::size_t offset = 0; offset < 3 * size; offset += size) {
      const std::size_t last = offset + layout.index(active_.end, j);
      for (std::size_t k = offset + layout.index(active_.begin, j); k < last; ++k) {
        target[k] = start[k] + factor * slope[k];
      }
    }
  };
  const auto middle_stage = [&](int stage, int j, const FieldCombination& field) {
    const double factor = scheme.a[static_cast<std::size_t>(stage - 1)] * h;
    double* target = stages_[static_cast<std::size_t>(stage % 2)].data();
    const auto update = [=](std::size_t k, const Pack& derivative) {
      store(load(start + k) + factor * derivative, target + k);
    };
    for_each_derivative_of_row(system_, stages_[static_cast<std::size_t>((stage - 1) % 2)].data(), field, j, active_,
                               [&update](std::size_t k, std::size_t n, const BasicVector3<Pack>& derivative) {
                                 update(k, derivative.x);
                                 update(k + n, derivative.y);
                                 update(k + 2 * n, derivative.z);
                               });
  };
  const auto last_stage = [&](int j, const FieldCombination& field) {
    const auto update = [=](std::size_t k, const Pack& derivative) {
      const Pack first = load(slope + k);
      store(load(start + k) + h * (0.25 * first + 0.75 * derivative), end + k);
      store(first - 3.0 * derivative, slope + k);
    };
    for_each_derivative_of_row(system_, stages_[static_cast<std::size_t>((stages - 1) % 2)].data(), field, j, active_,
                               [&update](std::size_t k, std::size_t n, const BasicVector3<Pack>& derivative) {
                                 update(k, derivative.x);
                                 update(k + n, derivative.y);
                                 update(k + 2 * n, derivative.z);
                               });
  };
  std::vector<FieldCombination> fields;
  for (int stage = 1; stage < stages; ++stage) {
    fields.push_back(field_of_stage(stage));
  }
  // A wave front goes over the mesh: as soon as a stage has three rows, the next stage takes the middle one of them,
  // while all this is in the second-level cache. Two buffers are enough: where a stage writes, the one two before it
  // has been read.
  const int ny = layout.ny();
  for (int front = 0; front < ny + stages - 1; ++front) {
    for (int stage = 1; stage <= stages; ++stage) {
      const int j = front - (stage - 1);
      if (j < 0 || j >= ny) {
        continue;
      }
      if (stage == 1) {
        first_stage(j);
      } else if (stage < stages) {
        middle_stage(stage, j, fields[static_cast<std::size_t>(stage - 2)]);
      } else {
        last_stage(j, fields[static_cast<std::size_t>(stage - 2)]);
      }
    }
  }
  counts_.local_evaluations += stages - 1;
  counts_.active_columns += static_cast<std::int64_t>(stages - 1) * active_.count();
}

double MultirateStepper::extrapolation_error(const FieldCombination& extrapolated,
                                             std::span<const double> evaluated) const {
  const auto [field_0, field_1, field_2] = extrapolated.field;
  const auto [weight_0, weight_1, weight_2] = extrapolated.weight;
  const FieldLayout& layout = system_.layout();
  const double* m = ends_[newest_end_].data();
  const std::size_t size = layout.component_size();
  double largest = 0.0;
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(active_.end, j);
#pragma omp simd reduction(max : largest)
    for (std::size_t k = layout.index(active_.begin, j); k < end; ++k) {
      const auto difference = [=](std::size_t c) {
        return evaluated[c] - (weight_0 * field_0[c] + weight_1 * field_1[c] + weight_2 * field_2[c]);
      };
      const Vector3 torque = cross(Vector3{m[k], m[k + size], m[k + 2 * size]},
                                   Vector3{difference(k), difference(k + size), difference(k + 2 * size)});
      largest = std::max(largest, dot(torque, torque));
    }
  }
  // The difference grows from zero at least linearly over the step, so its mean is at most half of its last value.
  return 0.5 * system_.material().gyromagnetic_ratio * std::sqrt(largest);
}

}  // namespace spinsweep::micromagnetics
