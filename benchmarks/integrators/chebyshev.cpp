#include "chebyshev.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "base/aligned_vector.hpp"
#include "base/error.hpp"
#include "bench/timing.hpp"
#include "micromagnetics/demag_history.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/stability.hpp"

namespace spinsweep::benchmarks {

using micromagnetics::BasicVector3;
using micromagnetics::FieldCombination;

namespace {

/// Chebyshev's polynomials of the first kind, degree 0 to n, and their two
/// first derivatives at one point.
struct Chebyshev {
  std::vector<double> value, slope, curvature;

  Chebyshev(int degree, double x) : value{1.0, x}, slope{0.0, 1.0}, curvature{0.0, 0.0} {
    for (std::size_t j = 2; j <= static_cast<std::size_t>(degree); ++j) {
      value.push_back(2.0 * x * value[j - 1] - value[j - 2]);
      slope.push_back(2.0 * value[j - 1] + 2.0 * x * slope[j - 1] - slope[j - 2]);
      curvature.push_back(4.0 * slope[j - 1] + 2.0 * x * curvature[j - 1] - curvature[j - 2]);
    }
  }
};

/// dm/dt of m into `rate`.
void evaluate(micromagnetics::LlgsSystem& system, const double* m, const FieldCombination& field, double* rate) {
  for_each_derivative(system, system.torque_at(0.0), m, field,
                      [rate](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
                        copy_to(derivative.x, rate + k);
                        copy_to(derivative.y, rate + k + size);
                        copy_to(derivative.z, rate + k + 2 * size);
                      });
}

/// Stage j >= 2 into `target`, which holds the stage two before it.
void take_stage(micromagnetics::LlgsSystem& system, const ChebyshevMethod::Stage& stage, double step,
                const FieldCombination& field, const double* start, const double* first_rate, const double* before,
                double* target) {
  const auto update = [=](std::size_t k, const Pack<double>& derivative) {
    copy_to((1.0 - stage.mu - stage.nu) * load(start + k) + stage.mu * load(before + k) + stage.nu * load(target + k) +
                step * (stage.rate * derivative + stage.first_rate * load(first_rate + k)),
            target + k);
  };
  for_each_derivative(system, system.torque_at(0.0), before, field,
                      [&update](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
                        update(k, derivative.x);
                        update(k + size, derivative.y);
                        update(k + 2 * size, derivative.z);
                      });
}

}  // namespace

ChebyshevMethod::ChebyshevMethod(int count, double damping)
    : stages(count), stage(static_cast<std::size_t>(count) + 1) {
  const double w0 = 1.0 + damping / (count * count);
  const Chebyshev polynomial(count, w0);
  const auto last = static_cast<std::size_t>(count);
  const double w1 = polynomial.slope[last] / polynomial.curvature[last];
  std::vector<double> b(last + 1);
  for (std::size_t j = 2; j <= last; ++j) {
    b[j] = polynomial.curvature[j] / (polynomial.slope[j] * polynomial.slope[j]);
    stage[j].c = w1 * polynomial.curvature[j] / polynomial.slope[j];
  }
  b[0] = b[1] = b[2];
  stage[1] = {.rate = b[1] * w1, .c = stage[2].c / polynomial.slope[2]};
  for (std::size_t j = 2; j <= last; ++j) {
    stage[j].mu = 2.0 * b[j] * w0 / b[j - 1];
    stage[j].nu = -b[j] / b[j - 2];
    stage[j].rate = 2.0 * b[j] * w1 / b[j - 1];
    stage[j].first_rate = -(1.0 - b[j - 1] * polynomial.value[j - 1]) * stage[j].rate;
  }
}

double ChebyshevMethod::stability_radius(double llg_damping) const {
  constexpr double increment = 0.01;
  const auto amplification = [this](std::complex<double> z) {
    std::complex<double> before = 1.0;
    std::complex<double> newest = 1.0 + stage[1].rate * z;
    for (std::size_t j = 2; j < stage.size(); ++j) {
      const auto& [mu, nu, rate, first_rate, c] = stage[j];
      const auto next = (1.0 - mu - nu) + mu * newest + nu * before + z * (rate * newest + first_rate);
      before = newest;
      newest = next;
    }
    return std::abs(newest);
  };
  double smallest = 1e9;
  for (const double degrees : {0.0, 1.0, 4.0, 10.0}) {
    const double angle = std::atan2(1.0, -llg_damping) + degrees * std::numbers::pi / 180.0;
    double radius = 0.0;
    while (radius < smallest &&
           amplification(std::polar(radius + increment, std::min(angle, std::numbers::pi))) <= 1.0 + 1e-6) {
      radius += increment;
    }
    smallest = std::min(smallest, radius);
  }
  return smallest;
}

ChebyshevMethod most_stable_chebyshev(int stages, double llg_damping) {
  ChebyshevMethod best(stages, 2.0 / 13.0);
  for (double damping = 0.2; damping < 200.0; damping *= 1.1) {
    const ChebyshevMethod candidate(stages, damping);
    if (candidate.stability_radius(llg_damping) > best.stability_radius(llg_damping)) {
      best = candidate;
    }
  }
  return best;
}

Outcome integrate_with_chebyshev(Film& film, const ChebyshevMethod& method, double duration, double interval) {
  micromagnetics::LlgsSystem& system = film.system();
  const auto& layout = system.layout();
  AlignedVector<double> m(film.initial().begin(), film.initial().end());
  AlignedVector<double> first_rate(m.size(), 0.0);
  std::array<AlignedVector<double>, 2> work = {m, m};
  micromagnetics::DemagHistory history(m.size());
  const double longest =
      0.95 * method.stability_radius(system.material().damping) / micromagnetics::spectral_radius_bound(system);
  // The first interval in eight parts: until three values are known the
  // extrapolation is of a lower degree.
  std::vector<double> ends;
  for (int k = 1; k <= 8; ++k) {
    ends.push_back(k * interval / 8.0);
  }
  for (int k = 2; k <= std::lround(duration / interval); ++k) {
    ends.push_back(k * interval);
  }
  Outcome outcome;
  const double before = bench::thread_seconds();
  system.demagnetizing_field(m, history.newest());
  history.restart(0.0);
  double begin = 0.0;
  for (const double end : ends) {
    const int substeps = static_cast<int>(std::ceil((end - begin) / longest));
    const double h = (end - begin) / substeps;
    for (int substep = 0; substep < substeps; ++substep) {
      const double time = begin + substep * h;
      evaluate(system, m.data(), history.at(time), first_rate.data());
      std::copy(m.begin(), m.end(), work[0].begin());
      for (std::size_t c = 0; c < m.size(); ++c) {
        work[1][c] = m[c] + h * method.stage[1].rate * first_rate[c];
      }
      for (std::size_t j = 2; j < method.stage.size(); ++j) {
        take_stage(system, method.stage[j], h, history.at(time + method.stage[j - 1].c * h), m.data(),
                   first_rate.data(), work[(j - 1) % 2].data(), work[j % 2].data());
      }
      const auto& last = work[static_cast<std::size_t>(method.stages % 2)];
      std::copy(last.begin(), last.end(), m.begin());
      outcome.local_evaluations += method.stages;
      ++outcome.steps;
    }
    if (!micromagnetics::normalize(layout, m)) {
      throw SimulationError("the magnetisation is not finite");
    }
    system.demagnetizing_field(m, history.candidate());
    history.advance(end);
    begin = end;
    ++outcome.demag_evaluations;
  }
  outcome.seconds = bench::thread_seconds() - before;
  outcome.magnetization.assign(m.begin(), m.end());
  return outcome;
}

}  // namespace spinsweep::benchmarks
