#pragma once

#include <functional>

namespace spinsweep::micromagnetics {

/// What is called while a magnetisation is integrated, alike on all ranks that share it. What either throws ends the
/// integration.
struct StepWatch {
  std::function<void(double time)> after_step = [](double) {};  ///< after every step; time: simulated so far, s
  std::function<void()> during_step = [] {};                    ///< now and then within one, see Stepper::watch()
};

}  // namespace spinsweep::micromagnetics
