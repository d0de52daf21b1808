#pragma once

#include <memory>

#include "base/key.hpp"
#include "micromagnetics/current_map.hpp"

namespace spinsweep::device {

struct CommonParameters;

/// How the current flows in the heavy metal.
enum class CurrentFlow {
  uniform,  ///< everywhere along the track, at the current density of the pulse
  crowded   ///< as the shape of the track has it
};

struct Current {
  CurrentFlow flow = CurrentFlow::uniform;

  static void declare(auto& key) {
    key("current", &Current::flow, {"uniform", "crowded"},
        "current in the heavy metal; uniform: along the track, everywhere at the density of the pulse; crowded: around "
        "notches and bulges, by the potential in a heavy metal of the shape of the track. The current density of the "
        "pulse then is that in the width of the track without them",
        keys::Role::dynamics);
  }
};

/// The current density in each cell over that of the pulse; null if it is the same everywhere. Errors: those of
/// conduct().
[[nodiscard]] std::shared_ptr<const micromagnetics::CurrentMap> make_current_map(const CommonParameters& parameters);

/// What the notches add to the resistance of the heavy metal under the track, per place with notches, ohm; NaN without
/// notches. Errors: those of conduct().
[[nodiscard]] double resistance_of_a_notch(const CommonParameters& parameters);

}  // namespace spinsweep::device
