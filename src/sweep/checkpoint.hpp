#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "device/simulation.hpp"
#include "parallel/communicator.hpp"
#include "parallel/shared_counter.hpp"
#include "store/results_file.hpp"

namespace spinsweep::sweep {

/// A case on its way.
struct Checkpoint {
  double wall_time = 0.0;  ///< spent on the case so far, s
  device::SimulationState simulation;
};

/// Bytes that any checkpoint of the case fits in.
[[nodiscard]] std::uint64_t largest_checkpoint_bytes(const device::DeviceParameters& parameters);

/// A slot of the variable checkpoint(checkpoint_row, slot, checkpoint_byte): a header with case, sequence number, size
/// and checksum, then the checkpoint as one Boost.Serialization object.
[[nodiscard]] std::string pack(std::uint64_t case_index, std::uint64_t sequence, const Checkpoint& checkpoint);

/// What a slot holds.
struct SlotContent {
  std::uint64_t case_index = 0;
  std::uint64_t sequence = 0;
  Checkpoint checkpoint;
};

/// Nothing if the bytes are no whole checkpoint: never written, cut off or damaged.
[[nodiscard]] std::optional<SlotContent> unpack(const std::string& bytes);

/// The checkpoints of a device's cases in the results file.
///
/// There are fewer rows than cases: a row belongs to a case from its first checkpoint to its end, and then to the next
/// case of that rank. The two slots of a row are written in turn, so that a kill in the middle of a write leaves the
/// older one.
class CheckpointStore {
 public:
  /// Collective. Finds the checkpoints of the cases that are not done: is_open(case) says which.
  CheckpointStore(store::ResultsFile& file, const std::string& group, const std::vector<bool>& is_open,
                  const parallel::Communicator& communicator);

  /// Whether the case has a checkpoint.
  [[nodiscard]] bool has(std::uint64_t case_index) const;

  /// The newest whole checkpoint of the case, if it has one. The calling rank takes its row over.
  [[nodiscard]] std::optional<Checkpoint> take(std::uint64_t case_index);

  /// Writes a checkpoint and returns when it is on the disk. Returns false if all rows belong to other cases.
  bool save(std::uint64_t case_index, const Checkpoint& checkpoint);

 private:
  struct Owner {
    std::uint64_t case_index;
    std::uint64_t row;
  };

  [[nodiscard]] std::optional<SlotContent> read(std::uint64_t row, std::uint64_t slot) const;

  store::ResultsFile& file_;
  std::string variable_;
  std::uint64_t row_bytes_ = 0;
  std::vector<Owner> owners_;             ///< rows of open cases when the stage began
  std::vector<std::uint64_t> free_rows_;  ///< the others, handed out by the counter
  parallel::SharedCounter free_row_counter_;
  std::optional<std::uint64_t> own_row_;  ///< this rank's
  std::uint64_t sequence_ = 0;            ///< of the last checkpoint in it
};

}  // namespace spinsweep::sweep
