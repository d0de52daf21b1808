#pragma once

#include "study/study.hpp"

namespace spinsweep::status {

/// Computing times of a study's stages on one core as estimated, s.
struct StudySeconds {
  double devices = 0.0;  ///< with the relaxation of initial states and the search for levels
  double networks = 0.0;
  [[nodiscard]] double total() const { return devices + networks; }
};

[[nodiscard]] StudySeconds estimated_seconds(const study::Study& study);

}  // namespace spinsweep::status
