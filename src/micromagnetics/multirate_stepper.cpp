#include "micromagnetics/multirate_stepper.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"
#include "micromagnetics/derivative_pass.hpp"
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
constexpr double stability_safety = 0.95;
constexpr double controller_safety = 0.9;
constexpr double largest_growth = 2.0;
constexpr double growth_after_rejection = 0.9;

/// The step of a controller of an estimate that goes with the power `order` of the step.
double controlled(double step, double tolerance, double error, double order, double growth) {
  const double wanted = controller_safety * std::pow(tolerance / std::max(error, 1e-3 * tolerance), 1.0 / order);
  return step * std::clamp(wanted, 0.2, growth);
}

/// The duration of the next of as many equal parts of `left` as are needed for none to exceed `largest`.
double equal_part(double left, double largest) {
  return left / std::max(1.0, std::ceil(left / largest - 1e-9));
}

}  // namespace

MultirateStepper::MultirateStepper(LlgsSystem& system, double tolerance)
    : system_(system),
      tolerance_(tolerance),
      largest_substep_(stability_safety * bogacki_shampine_stability_radius(system.material().damping) /
                       spectral_radius_bound(system)),
      substep_(largest_substep_),
      history_(system.layout().size()) {
  for (auto* buffer : {&state_, &slope_, &slope_2_, &stage_, &stage_2_, &next_state_, &next_slope_, &error_}) {
    buffer->assign(system.layout().size(), 0.0);
  }
}

void MultirateStepper::restart() {
  restarted_ = true;
  largest_substep_ =
      stability_safety * bogacki_shampine_stability_radius(system_.material().damping) / spectral_radius_bound(system_);
}

void MultirateStepper::restore(const StepperState& state) {
  restart();
  restarted_ = state.restarted;
  substep_ = state.substep;
  interval_ = state.interval;
  counts_ = state.counts;
  history_.restore(state.history);
}

double MultirateStepper::step(double time, double end, std::span<double> m) {
  if (restarted_) {
    system_.demagnetizing_field(m, history_.newest());
    history_.restart(time);
    interval_ = first_interval;
    restarted_ = false;
  }
  const double largest_interval = largest_interval_in_precession_times /
                                  (system_.material().gyromagnetic_ratio * system_.material().saturation_magnetization);
  while (true) {
    const double duration = equal_part(end - time, std::min(interval_, largest_interval));
    // The last part of a segment must end on it to the bit: pulse edges and samples lie there.
    const double step_end = duration >= end - time ? end : time + duration;
    std::copy(m.begin(), m.end(), state_.begin());
    const bool finite = advance_substeps(time, step_end) && normalize(system_.layout(), state_);
    double error = 0.0;
    if (finite) {
      system_.demagnetizing_field(state_, history_.candidate());
      error = extrapolation_error(history_.at(step_end), history_.candidate()) * duration;
    }
    if (finite && error <= tolerance_) {
      interval_ = controlled(duration, tolerance_, error, history_.degree() + 2, largest_growth);
      std::copy(state_.begin(), state_.end(), m.begin());
      history_.advance(step_end);
      ++counts_.steps;
      return step_end;
    }
    ++counts_.rejected_steps;
    interval_ = finite ? controlled(duration, tolerance_, error, history_.degree() + 2, growth_after_rejection)
                       : 0.2 * duration;
    if (interval_ < smallest_substep_ratio * largest_substep_) {
      throw SimulationError("no step meets the tolerance " + std::to_string(tolerance_) +
                            " at t = " + std::to_string(time * 1e9) + " ns: the demagnetising field changes too fast");
    }
  }
}

bool MultirateStepper::advance_substeps(double time, double end) {
  double* slope = slope_.data();
  for_each_derivative(system_, state_.data(), history_.at(time),
                      [slope](std::size_t k, std::size_t size, const BasicVector3<Pack>& derivative) {
                        store(derivative.x, slope + k);
                        store(derivative.y, slope + k + size);
                        store(derivative.z, slope + k + 2 * size);
                      });
  while (time < end) {
    const double left = end - time;
    const double duration = equal_part(left, std::min(substep_, largest_substep_));
    const double error = try_substep(time, duration);
    if (!std::isfinite(error)) {
      return false;
    }
    if (error <= tolerance_) {
      std::swap(state_, next_state_);
      std::swap(slope_, next_slope_);
      time = duration >= left ? end : time + duration;
      // A substep that was short only because little was left of the step says nothing against longer ones.
      const double allowed = controlled(duration, tolerance_, error, 3.0, largest_growth);
      substep_ =
          std::min(largest_substep_, allowed < largest_growth * duration ? allowed : std::max(allowed, substep_));
      ++counts_.substeps;
    } else {
      substep_ = controlled(duration, tolerance_, error, 3.0, growth_after_rejection);
      ++counts_.rejected_substeps;
      if (substep_ < smallest_substep_ratio * largest_substep_) {
        throw SimulationError("no step meets the tolerance " + std::to_string(tolerance_) +
                              " at t = " + std::to_string(time * 1e9) + " ns: the magnetisation changes too fast");
      }
    }
  }
  return true;
}

double MultirateStepper::try_substep(double time, double duration) {
  const double h = duration;
  const double* state = state_.data();
  const double* slope = slope_.data();
  double* slope_2 = slope_2_.data();
  double* stage = stage_.data();
  double* stage_2 = stage_2_.data();
  double* next_state = next_state_.data();
  double* next_slope = next_slope_.data();
  double* error = error_.data();
  // Each pass evaluates one stage's slope and, with it, all that depends on nothing later.
  const auto pass = [&](const double* m, double stage_time, auto update) {
    for_each_derivative(system_, m, history_.at(stage_time),
                        [&](std::size_t k, std::size_t size, const BasicVector3<Pack>& derivative) {
                          update(k, derivative.x);
                          update(k + size, derivative.y);
                          update(k + 2 * size, derivative.z);
                        });
  };

  for (std::size_t k = 0; k < state_.size(); ++k) {
    stage[k] = state[k] + 0.5 * h * slope[k];
  }
  pass(stage, time + 0.5 * h, [=](std::size_t k, const Pack& derivative) {
    store(derivative, slope_2 + k);
    store(load(state + k) + 0.75 * h * derivative, stage_2 + k);
  });
  pass(stage_2, time + 0.75 * h, [=](std::size_t k, const Pack& derivative) {
    const Pack first = load(slope + k);
    const Pack second = load(slope_2 + k);
    store(load(state + k) + h * (2.0 / 9.0 * first + 1.0 / 3.0 * second + 4.0 / 9.0 * derivative), next_state + k);
    store(h * (-5.0 / 72.0 * first + 1.0 / 12.0 * second + 1.0 / 9.0 * derivative), error + k);
  });
  Pack largest = 0.0;
  Pack sum = 0.0;
  pass(next_state, time + h, [=, &largest, &sum](std::size_t k, const Pack& derivative) {
    store(derivative, next_slope + k);
    const Pack estimate = abs(load(error + k) - h / 8.0 * derivative);
    largest = max(largest, estimate);
    sum += estimate;
  });
  // A maximum can swallow a NaN, a sum cannot.
  const double total = reduce(sum);
  return std::isfinite(total) ? hmax(largest) : total;
}

double MultirateStepper::extrapolation_error(const FieldCombination& extrapolated,
                                             std::span<const double> evaluated) const {
  const auto [field_0, field_1, field_2] = extrapolated.field;
  const auto [weight_0, weight_1, weight_2] = extrapolated.weight;
  const double* m = state_.data();
  const std::size_t size = system_.layout().component_size();
  double largest = 0.0;
#pragma omp simd reduction(max : largest)
  for (std::size_t k = 0; k < size; ++k) {
    const auto difference = [=](std::size_t c) {
      return evaluated[c] - (weight_0 * field_0[c] + weight_1 * field_1[c] + weight_2 * field_2[c]);
    };
    const Vector3 torque = cross(Vector3{m[k], m[k + size], m[k + 2 * size]},
                                 Vector3{difference(k), difference(k + size), difference(k + 2 * size)});
    largest = std::max(largest, dot(torque, torque));
  }
  // The difference grows from zero at least linearly over the step, so its mean is at most half of its last value.
  return 0.5 * system_.material().gyromagnetic_ratio * std::sqrt(largest);
}

}  // namespace spinsweep::micromagnetics
