#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Kinds of device: what a kind is, for everything that treats all of them alike.
namespace spinsweep::device {

struct DeviceParameters;
struct Readout;

/// What the characterisation derives from a kind's simulations, for networks: a device with levels holds the weights,
/// one with an activation is the neuron.
enum class Derived { nothing, levels, activation };

/// Something about a case that no single key tells.
struct Problem {
  std::vector<std::string> paths;  ///< the keys involved, the most likely culprit first
  std::string message;
};

struct Kind {
  std::string_view name;  ///< of its section in the sweep file and of its group in the results file
  Derived derives;
  DeviceParameters (*defaults)();
  double (*conductance)(const DeviceParameters&, const Readout&);  ///< S; collective if ranks share the mesh
  std::optional<Problem> (*find_problem)(const DeviceParameters&);

  /// Whether a key with that Description::only_for is one of this kind's.
  [[nodiscard]] bool has_keys_for(std::string_view only_for) const {
    return only_for.empty() || only_for == name || (only_for == "levels" && derives == Derived::levels);
  }
};

/// Every kind, in the order in which their devices are simulated.
[[nodiscard]] const std::vector<const Kind*>& kinds();

}  // namespace spinsweep::device
