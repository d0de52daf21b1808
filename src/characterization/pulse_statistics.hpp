#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/jump_table.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::characterization {

/// The pulses of a synapse's train, and of that back: the jumps of every realisation at the largest current density of
/// the variant. Which of the two trains raises the conductance is decided by the mean of their ends.
struct TrainJumps {
  std::vector<analysis::Jump> increasing;
  std::vector<analysis::Jump> decreasing;
};

/// Empty unless all cases of the variant are done and at least one of them has several pulses.
[[nodiscard]] TrainJumps jumps_of(const results::Results& results, std::size_t variant);

/// As /variants describes it: over the conductances that the jumps started from.
[[nodiscard]] analysis::JumpTable jump_table_of(const std::vector<analysis::Jump>& jumps);

/// As `export` writes them, both over the conductances of all jumps: CrossSim 2.0 refuses tables of different ones. A
/// direction without jumps has no table.
struct ExportedTables {
  std::optional<analysis::JumpTable> increasing;
  std::optional<analysis::JumpTable> decreasing;
};
[[nodiscard]] ExportedTables exported_tables(const TrainJumps& jumps);

/// Writes to /variants how the conductance of a synapse follows a train of pulses and what the realisations of every
/// case have in common, for the variants whose cases are all done. Collective.
void write_pulse_statistics(results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::characterization
