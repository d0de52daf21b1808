#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace spinsweep::analysis {

/// One pulse on a device: its conductance before, and by how much the pulse changed it; S.
struct Jump {
  double conductance;
  double change;
};

/// The distribution of the change of conductance by one pulse over the conductance, in the form in which CrossSim 2.0
/// reads it (T. P. Xiao and others, CrossSim: accuracy simulation of analog in-memory computing, Sandia, 2022).
struct JumpTable {
  std::vector<double> conductance;          ///< S, ascending
  std::vector<double> probability;          ///< points of the cumulative distribution, from 0 to 1
  std::vector<std::vector<double>> change;  ///< S, [probability][conductance]

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& conductance& probability& change;
  }
};

/// What S. Liu and others, Appl. Phys. Lett. 118, 202405 (2021), give of such tables.
struct JumpStatistics {
  double pulses = 0.0;          ///< for the whole range of the conductance: the range over the mean change
  double cycle_to_cycle = 0.0;  ///< mean standard deviation of the change at one conductance, over the mean change
  double wrong_sign = 0.0;      ///< share of the changes that go the other way than the mean change
};

struct ConductanceRange {
  double low = 0.0;  ///< S
  double high = 0.0;
};

/// A table of `size` conductances over `range`, without it from the smallest to the largest that a jump started from,
/// and as many points of the distribution. At each conductance it is that of the `neighbours` jumps that started
/// nearest to it, all of them if there are fewer. Errors: Error if there is no jump or size < 2.
[[nodiscard]] JumpTable jump_table(std::span<const Jump> jumps, std::size_t size, std::size_t neighbours,
                                   std::optional<ConductanceRange> range = {});

[[nodiscard]] JumpStatistics jump_statistics(const JumpTable& table);

}  // namespace spinsweep::analysis
