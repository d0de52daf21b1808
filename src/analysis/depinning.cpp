#include "analysis/depinning.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace spinsweep::analysis {

Passage find_passage(std::span<const double> time, std::span<const double> position, double pulse_end,
                     const PinningSite& site, bool forward) {
  if (time.size() != position.size()) {
    throw Error("a trace needs as many times as positions");
  }
  const double sign = forward ? 1.0 : -1.0;
  const auto when_beyond = [&](double place) -> std::optional<double> {
    for (std::size_t k = 0; k < time.size() && time[k] <= pulse_end * (1.0 + 1e-9); ++k) {
      const double distance = sign * position[k] - place;
      if (distance < 0.0) {
        continue;
      }
      if (k == 0) {
        return time[0];
      }
      const double before = sign * position[k - 1] - place;
      return time[k - 1] + (time[k] - time[k - 1]) * before / (before - distance);
    }
    return std::nullopt;
  };
  Passage passage;
  if (time.empty() || sign * position[0] >= sign * site.position + site.beyond) {
    return passage;
  }
  passage.arrival = when_beyond(sign * site.position - site.before);
  passage.departure = when_beyond(sign * site.position + site.beyond);
  return passage;
}

bool moves_forward(std::span<const double> time, std::span<const double> position, double pulse_end) {
  std::size_t last = 0;
  while (last + 1 < time.size() && time[last + 1] <= pulse_end * (1.0 + 1e-9)) {
    ++last;
  }
  return position[last] >= position[0];
}

DepinningCurrent depinning_current(std::span<const Trial> trials) {
  DepinningCurrent found;
  for (const Trial& trial : trials) {
    if (trial.passed) {
      found.passed = std::min(trial.current_density, found.passed.value_or(trial.current_density));
    }
  }
  for (const Trial& trial : trials) {
    if (trial.held && (!found.passed || trial.current_density < *found.passed)) {
      found.held = std::max(trial.current_density, found.held.value_or(trial.current_density));
    }
  }
  return found;
}

}  // namespace spinsweep::analysis
