#pragma once

#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "study/study.hpp"

namespace spinsweep::status {

/// Computing times of a study's stages on one core as estimated, s.
struct StudySeconds {
  double devices = 0.0;  ///< with the relaxation of initial states and the search for levels
  double networks = 0.0;
  std::vector<std::pair<std::string, double>> later;  ///< of every layout::LaterStage that takes time, with its name

  [[nodiscard]] double total() const {
    return std::accumulate(later.begin(), later.end(), devices + networks,
                           [](double sum, const auto& stage) { return sum + stage.second; });
  }
};

[[nodiscard]] StudySeconds estimated_seconds(const study::Study& study);

}  // namespace spinsweep::status
