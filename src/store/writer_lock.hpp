#pragma once

#include <filesystem>

#include "store/disk.hpp"

namespace spinsweep::store {

/// The right to write to a results file, held by one process of one run. The kernel gives it back when the process
/// ends, however it ends.
///
/// It is a flock on a file of its own, RESULTS.h5.lock, which names the holder. A lock on the results file itself would
/// interfere with others: HDF5 flocks the files it reads, so that h5py could not open the file during a run, and MPI
/// libraries take fcntl locks on network file systems. On a file system without locks it warns and continues.
class WriterLock {
 public:
  /// `results` need not exist. Errors: EnvironmentError if another run holds the lock (naming its process and host) or
  /// if the folder cannot be written to.
  explicit WriterLock(const std::filesystem::path& results);
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  WriterLock(WriterLock&&) noexcept = default;
  WriterLock& operator=(WriterLock&&) noexcept = default;
  ~WriterLock();

  /// The results file, absolute and with symbolic links followed.
  [[nodiscard]] const std::filesystem::path& results() const noexcept { return results_; }

 private:
  std::filesystem::path results_;
  std::filesystem::path lock_file_;
  UniqueDescriptor descriptor_;
};

/// Whether a run holds the results file's lock. Otherwise a case with the status running is one whose run was killed.
/// Errors: EnvironmentError if the path cannot be followed.
[[nodiscard]] bool is_being_written(const std::filesystem::path& results);

}  // namespace spinsweep::store
