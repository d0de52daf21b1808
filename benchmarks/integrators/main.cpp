#include <fmt/core.h>
#include <petscts.h>

#include <string>

#include "base/error.hpp"
#include "chebyshev.hpp"
#include "film.hpp"
#include "micromagnetics/runge_kutta_scheme.hpp"
#include "parallel/session.hpp"
#include "petsc_methods.hpp"

/// Compares integrators on the neuron's 1 nm mesh: build/integrators [DURATION
/// in ps]. Columns per simulated ns.
namespace {

using namespace spinsweep::benchmarks;

void print_stability(double damping) {
  fmt::print(
      "Stable |z| per evaluation at damping {:g}\n  stages   optimised  "
      " Chebyshev, best damping\n",
      damping);
  for (const auto& scheme : spinsweep::micromagnetics::stable_schemes(damping)) {
    const ChebyshevMethod chebyshev = most_stable_chebyshev(scheme.stages, damping);
    fmt::print("  {:6} {:11.3f} {:11.3f}\n", scheme.stages, scheme.radius / scheme.stages,
               chebyshev.stability_radius(damping) / scheme.stages);
  }
}

class Table {
 public:
  Table(Film& film, double duration, const Outcome& reference)
      : film_(film), duration_(duration), reference_(reference) {
    fmt::print("{:<26}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}{:>9}\n", "method, tolerance", "s", "steps", "local", "demag",
               "DCT", "<m> off", "cell off");
  }

  template <class Integrate>
  void add(const std::string& name, Integrate integrate) {
    try {
      const Outcome outcome = integrate();
      const Difference off = difference(film_.system(), outcome.magnetization, reference_.magnetization);
      const double per_ns = 1e-9 / duration_;
      const auto count = [&](long long evaluations) { return static_cast<double>(evaluations) * per_ns; };
      fmt::print("{:<26}{:>8.2f}{:>8.0f}{:>8.0f}{:>8.0f}{:>8.0f}{:>9.1e}{:>9.1e}\n", name, outcome.seconds * per_ns,
                 count(outcome.steps), count(outcome.local_evaluations), count(outcome.demag_evaluations),
                 count(outcome.preconditionings), off.mean, off.cell);
    } catch (const spinsweep::SimulationError& error) {
      fmt::print("{:<26}{}\n", name, error.what());
    }
    std::fflush(stdout);
  }

 private:
  Film& film_;
  double duration_;
  const Outcome& reference_;
};

void compare(Film& film, double duration) {
  const Outcome reference = integrate_multirate(film, duration, 1e-8);
  Table table(film, duration, reference);
  table.add("multirate, 1e-5", [&] { return integrate_multirate(film, duration, 1e-5); });
  for (const int stages : {5, 9, 15}) {
    const auto method = most_stable_chebyshev(stages, film.system().material().damping);
    table.add(fmt::format("Chebyshev {}, demag 2 ps", stages),
              [&] { return integrate_with_chebyshev(film, method, duration, 2e-12); });
  }
  const PetscMethod methods[] = {{TSRK, TSRK3BS, false},         {TSRK, TSRK5DP, false},
                                 {TSARKIMEX, TSARKIMEX2E, true}, {TSARKIMEX, TSARKIMEX3, true},
                                 {TSARKIMEX, TSARKIMEX4, true},  {TSROSW, TSROSWRA34PW2, true}};
  for (const PetscMethod& method : methods) {
    for (const double tolerance : {1e-4, 1e-5}) {
      table.add(fmt::format("{} {}, {:g}", method.type, method.variant, tolerance),
                [&] { return integrate_with_petsc(film, method, duration, tolerance); });
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const spinsweep::parallel::Session session(&argc, &argv);
  const double duration = (argc > 1 ? std::stod(argv[1]) : 100.0) * 1e-12;
  Film film(0.30e12);
  print_stability(film.system().material().damping);
  compare(film, duration);
}
