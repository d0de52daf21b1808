#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "device/simulation.hpp"
#include "engine/checkpoint_rows.hpp"
#include "parallel/communicator.hpp"
#include "store/results_file.hpp"

namespace spinsweep::simulation {

/// A case on its way.
struct Checkpoint {
  double wall_time = 0.0;  ///< spent on the case so far, s
  device::SimulationState simulation;
};

/// Bytes that any checkpoint of the case fits in, with the header of its slot.
[[nodiscard]] std::uint64_t largest_checkpoint_bytes(const device::DeviceParameters& parameters);

/// The checkpoint as one Boost.Serialization object, as engine::CheckpointRows holds it.
[[nodiscard]] std::string as_object(const Checkpoint& checkpoint);

/// The first rank's checkpoint, if it has one, on all ranks. Collective. Errors: Error if there is not enough memory.
[[nodiscard]] std::optional<Checkpoint> checkpoint_of_first(std::optional<Checkpoint> checkpoint,
                                                            const parallel::Communicator& communicator);

/// The checkpoints of a device's cases in the results file: engine::CheckpointRows whose owners are cases. Of the ranks
/// that simulate a case together, only the first may call take() and save().
class CheckpointStore {
 public:
  /// Collective. Finds the checkpoints of the cases that are not done: is_open(case) tells which.
  CheckpointStore(store::ResultsFile& file, const std::string& group, const std::vector<bool>& is_open,
                  const parallel::Communicator& communicator);

  /// Whether the case has a checkpoint.
  [[nodiscard]] bool has(std::uint64_t case_index) const { return rows_.has(case_index); }

  /// The newest whole checkpoint of the case from which a case of those parameters can resume, if it has one. The
  /// calling rank takes its row over.
  [[nodiscard]] std::optional<Checkpoint> take(std::uint64_t case_index, const device::DeviceParameters& parameters);

  /// Writes a checkpoint and returns when it is on the disk. Returns false if all rows belong to other cases.
  bool save(std::uint64_t case_index, const Checkpoint& checkpoint);

 private:
  engine::CheckpointRows rows_;
};

}  // namespace spinsweep::simulation
