#include "micromagnetics/fast_stepper.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/fast_step_stages.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::micromagnetics {

namespace {

constexpr double stability_safety = 0.95;
/// h times this times f(u) - 3 f(u_(s-1)) + 2 f(u') is the error estimate: to leading order h^3/48 times the third
/// derivative of u, that of the Bogacki-Shampine pair.
constexpr double error_weight = 1.0 / 16.0;

}  // namespace

FastStepper::FastStepper(LlgsSystem& system, const DemagHistory& history, double tolerance, StepCounts& counts)
    : system_(system),
      history_(history),
      counts_(counts),
      control_(tolerance),
      schemes_(stable_schemes(system.material().damping)),
      square_rates_(system.layout().row_stride(), 0.0) {
  for (auto* buffer : {&slope_, &stages_[0], &stages_[1], &ends_[0], &ends_[1]}) {
    buffer->assign(system.layout().size(), 0.0);
  }
  restart();
  control_.set_allowed(control_.largest());
}

void FastStepper::restart() {
  spectral_radius_ = spectral_radius_bound(system_);
  control_.set_largest(stability_safety * schemes_.back().radius / spectral_radius_);
}

const RungeKuttaScheme& FastStepper::cheapest_scheme(double duration) const {
  const double needed = duration * spectral_radius_ / stability_safety;
  const auto fit =
      std::find_if(schemes_.begin(), schemes_.end(), [=](const auto& scheme) { return scheme.radius >= needed; });
  return fit != schemes_.end() ? *fit : schemes_.back();
}

void FastStepper::set_frozen_magnetization(std::span<const double> m) {
  for (auto* buffer : {&stages_[0], &stages_[1], &ends_[0], &ends_[1]}) {
    std::copy(m.begin(), m.end(), buffer->begin());
  }
}

std::span<const double> FastStepper::square_rates() {
  const std::span<double> rates(square_rates_.data(), static_cast<std::size_t>(system_.layout().nx()));
  system_.decomposition().largest_of_each(rates);
  return rates;
}

double FastStepper::evaluate_slope(Columns columns, double time, double* m, const FieldCombination& demagnetization) {
  const LoggedActivity logged(Activity::fast_step_slope);
  system_.ghost_rows().exchange(m, columns);
  std::fill(square_rates_.begin(), square_rates_.end(), 0.0);
  Pack<double> largest = 0.0;
  Pack<double> sum = 0.0;
  const FieldLayout& layout = system_.layout();
  const LlgsTorque torque = system_.torque_at(time);
  for (int j = 0; j < layout.ny(); ++j) {
    double* rates = square_rates_.data();
    const auto update = [this, &largest, &sum](std::size_t k, const Pack<double>& derivative) {
      const Pack<double> estimate = abs(multiply_add(Pack<double>(2.0), derivative, load(slope_.data() + k)));
      largest = max(largest, estimate);
      sum += estimate;
      copy_to(derivative, slope_.data() + k);
    };
    const std::size_t first = layout.index(0, j);
    for_each_derivative_of_row(
        system_, torque, m, demagnetization, j, columns,
        [&update, rates, first](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
          update(k, derivative.x);
          update(k + size, derivative.y);
          update(k + 2 * size, derivative.z);
          double* rate = rates + (k - first);
          copy_to(max(load(rate), dot(derivative, derivative)), rate);
        });
  }
  ++counts_.local_evaluations;
  counts_.active_columns += columns.count();
  // A maximum can swallow a NaN, a sum cannot; nor can the maximum over the ranks swallow an infinity.
  const bool finite = std::isfinite(reduce(sum));
  return system_.decomposition().largest(finite ? error_weight * hmax(largest)
                                                : std::numeric_limits<double>::infinity());
}

FastStep FastStepper::evolve(Columns columns, double time, double end, double* m) {
  // A usual slow step has fewer, so that watching costs nothing.
  constexpr int between_looks = 16;
  double* start = m;
  for (int tried = 1;; ++tried) {
    if (tried % between_looks == 0 && during_step_) {
      during_step_();
    }
    const double left = end - time;
    const double duration = equal_part(left, std::min(control_.allowed(), control_.largest()));
    take_step(columns, time, duration, start);
    if (duration >= left) {
      return {duration, 0.0};
    }
    const double reached = time + duration;
    const FastStep taken{duration, duration * evaluate_slope(columns, reached, result().data(), history_.at(reached))};
    if (!std::isfinite(taken.error)) {
      return taken;
    }
    if (control_.good(taken)) {
      control_.accept(taken, counts_);
      start = result().data();
      time = reached;
    } else {
      control_.reject(taken, time, counts_);
      newest_ = 1 - newest_;
      evaluate_slope(columns, time, start, history_.at(time));
    }
  }
}

void FastStepper::take_step(Columns columns, double time, double duration, const double* start) {
  const LoggedActivity logged(Activity::fast_step_stages);
  newest_ = 1 - newest_;
  const RungeKuttaScheme& scheme = cheapest_scheme(duration);
  std::vector<StageForces> forces;
  for (std::size_t stage = 0; stage + 1 < static_cast<std::size_t>(scheme.stages); ++stage) {
    const double at = time + scheme.a[stage] * duration;
    forces.push_back({history_.at(at), system_.torque_at(at)});
  }
  take_stages(system_, columns, scheme, duration, forces,
              {start, slope_.data(), {stages_[0].data(), stages_[1].data()}, result().data()});
  counts_.local_evaluations += scheme.stages - 1;
  counts_.active_columns += static_cast<std::int64_t>(scheme.stages - 1) * columns.count();
}

}  // namespace spinsweep::micromagnetics
