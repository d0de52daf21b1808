#pragma once

#include <string>

namespace spinsweep::engine {

/// A case, a variant or a training that failed, and why.
struct Failure {
  std::string name;  ///< "synapse case 3: pulse.current_density 5e+12"
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& name& reason;
  }
};

}  // namespace spinsweep::engine
