#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "parallel/communicator.hpp"
#include "parallel/shared_counter.hpp"
#include "store/results_file.hpp"

namespace spinsweep::engine {

/// The content of a slot of a checkpoint's row.
struct SlotBytes {
  std::uint64_t owner = 0;     ///< number of the case or training
  std::uint64_t sequence = 0;  ///< grows with every checkpoint of an owner
  std::string object;          ///< the state from which the owner resumes
};

/// Bytes of a slot's header: owner, sequence number, size and checksum.
[[nodiscard]] std::uint64_t slot_header_bytes();

[[nodiscard]] std::string pack_slot(const SlotBytes& content);

/// Nothing if the bytes are not a complete checkpoint: never written, cut off or damaged.
[[nodiscard]] std::optional<SlotBytes> unpack_slot(const std::string& bytes);

/// The checkpoints in a variable (checkpoint_row, slot, checkpoint_byte) of the results file.
///
/// There are fewer rows than owners: a row belongs to an owner from its first checkpoint to its end, and then to the
/// next owner that the rank works on. What is written goes into the slot that does not hold the row's newest
/// checkpoint, so that a kill during a write leaves the newest one intact.
class CheckpointRows {
 public:
  /// Collective. Finds the checkpoints of the owners that are not done: is_open(owner) tells which.
  CheckpointRows(store::ResultsFile& file, std::string variable, const std::function<bool(std::uint64_t)>& is_open,
                 const parallel::Communicator& communicator);

  /// Whether the owner had a checkpoint when the rows were looked through.
  [[nodiscard]] bool has(std::uint64_t owner) const;

  /// The object of the owner's newest whole checkpoint that is usable, if it has one. The calling rank takes its row
  /// over.
  [[nodiscard]] std::optional<std::string> take(
      std::uint64_t owner, const std::function<bool(const std::string&)>& usable = [](const auto&) { return true; });

  /// Writes a checkpoint and returns when it is on the disk. Returns false if all rows belong to others.
  bool save(std::uint64_t owner, std::string object);

 private:
  struct Owner {
    std::uint64_t number;
    std::uint64_t row;
  };

  [[nodiscard]] std::optional<SlotBytes> read(std::uint64_t row, std::uint64_t slot) const;

  store::ResultsFile& file_;
  std::string variable_;
  std::uint64_t row_bytes_ = 0;
  std::vector<Owner> owners_;             ///< rows of open owners when the stage began
  std::vector<std::uint64_t> free_rows_;  ///< the others, handed out by the counter
  parallel::SharedCounter free_row_counter_;
  std::optional<std::uint64_t> own_row_;  ///< this rank's
  std::uint64_t next_slot_ = 0;           ///< of that row, for the next checkpoint
  std::uint64_t sequence_ = 0;            ///< of the last checkpoint that this rank wrote or took
};

}  // namespace spinsweep::engine
