#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "programming/writable_device.hpp"

namespace spinsweep::programming {

/// What writing has led to.
struct Outcome {
  double position = 0.0;     ///< of the wall, m
  double conductance = 0.0;  ///< S
  double walls = 0.0;
  double energy = 0.0;  ///< Joule heat of all pulses, J
  int pulses = 0;
};

/// Of the n-th pulse of a realisation, from 0.
using NoiseSeed = std::function<std::uint64_t(int pulse)>;

/// A way to write levels: one class in one file, and its line in methods.cpp. It has recipes, among which the one is
/// found that writes a level best.
class Method {
 public:
  Method() = default;
  Method(const Method&) = delete;
  Method& operator=(const Method&) = delete;
  Method(Method&&) = delete;
  Method& operator=(Method&&) = delete;
  virtual ~Method() = default;

  /// Number of recipes for devices of that many levels at most.
  [[nodiscard]] virtual std::size_t recipes(const Settings& settings, std::size_t levels) const = 0;

  /// Whether one simulation yields the outcome of all recipes, so that they are one task.
  [[nodiscard]] virtual bool shares_simulations() const { return false; }

  /// Pulses that a realisation of a task takes, for the estimate.
  [[nodiscard]] virtual double typical_pulses(const Settings& settings) const = 0;

  /// The current density (A/m^2, signed) of each recipe's first pulse; nothing for one that is not to be tried.
  [[nodiscard]] virtual std::vector<std::optional<double>> current_densities(const WritableDevice& device,
                                                                             const WritingPlan& plan,
                                                                             std::size_t recipes) const = 0;

  /// Writes once. recipe: what is to be written, the first of those that share the simulation. Returns the outcome of
  /// each recipe of the task. Errors: those of WritableDevice::pulse().
  [[nodiscard]] virtual std::vector<Outcome> write(const WritableDevice& device, const WritingPlan& plan,
                                                   std::size_t recipe, double current_density, const NoiseSeed& seed,
                                                   engine::Worker& worker) const = 0;
};

/// Errors: none, every name has its method.
[[nodiscard]] const Method& method_of(MethodName name);

}  // namespace spinsweep::programming
