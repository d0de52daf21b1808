#pragma once

#include <memory>
#include <span>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::benchmarks {

/// The study's neuron, 512 x 64 cells of 1 nm, from its relaxed wall under a
/// current.
class Film {
 public:
  /// current_density: A/m^2.
  explicit Film(double current_density);

  [[nodiscard]] micromagnetics::LlgsSystem& system() { return *system_; }
  [[nodiscard]] const std::vector<double>& initial() const { return initial_; }
  [[nodiscard]] double current_density() const { return parameters_.pulse.current_density; }  ///< A/m^2
  /// The default tolerance of a step, 1.
  [[nodiscard]] double tolerance() const { return parameters_.tolerance; }

 private:
  device::DeviceParameters parameters_;
  std::vector<double> initial_;
  std::unique_ptr<micromagnetics::LlgsSystem> system_;
};

/// What an integration from the film's initial magnetisation cost and where it
/// ended.
struct Outcome {
  std::vector<double> magnetization;
  double seconds = 0.0;  ///< of processor time
  long long steps = 0;
  long long local_evaluations = 0;  ///< of the exchange alone or of all local terms
  long long demag_evaluations = 0;
  long long preconditionings = 0;  ///< of three components, each a transform forth and back
};

/// Largest difference of two magnetisations in a component of their means and
/// of a cell.
struct Difference {
  double mean = 0.0;
  double cell = 0.0;
};
[[nodiscard]] Difference difference(const micromagnetics::LlgsSystem& system, std::span<const double> a,
                                    std::span<const double> b);

/// The project's own integrator. duration: s.
[[nodiscard]] Outcome integrate_multirate(Film& film, double duration, double tolerance);

}  // namespace spinsweep::benchmarks
