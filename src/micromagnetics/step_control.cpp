#include "micromagnetics/step_control.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"

namespace spinsweep::micromagnetics {

double controlled_step(double step, double tolerance, double error, double order, double growth) {
  constexpr double safety = 0.9;
  constexpr double smallest_growth = 0.2;
  const double wanted = safety * std::pow(tolerance / std::max(error, 1e-3 * tolerance), 1.0 / order);
  return step * std::clamp(wanted, smallest_growth, growth);
}

double equal_part(double left, double largest) {
  return left / std::max(1.0, std::ceil(left / largest - 1e-9));
}

void give_up(double tolerance, double time, const char* what) {
  throw SimulationError("no step meets the tolerance " + std::to_string(tolerance) +
                        " at t = " + std::to_string(time * 1e9) + " ns: the " + what + " changes too fast");
}

void FastStepControl::accept(FastStep fast_step, StepCounts& counts) {
  // A fast step that was short only because the slow step ended there is no reason to shorten the next one.
  const double next = controlled_step(fast_step.duration, tolerance_, fast_step.error, 3.0, largest_growth);
  allowed_ =
      std::min({largest_, ceiling_, next < largest_growth * fast_step.duration ? next : std::max(next, allowed_)});
  ++counts.fast_steps;
}

void FastStepControl::reject(FastStep fast_step, double time, StepCounts& counts) {
  allowed_ = controlled_step(fast_step.duration, tolerance_, fast_step.error, 3.0, growth_after_rejection);
  ++counts.rejected_fast_steps;
  if (allowed_ < smallest_step_ratio * largest_) {
    give_up(tolerance_, time, "magnetisation");
  }
}

}  // namespace spinsweep::micromagnetics
