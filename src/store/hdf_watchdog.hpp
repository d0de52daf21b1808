#pragma once

#include <ctime>
#include <filesystem>
#include <string>

namespace spinsweep::store {

/// While an object of this class lives, the process may compute for `limit` seconds; then it ends with exit code 3 and
/// one line that names the file. Waiting for a disk does not count. For the calls in which HDF5 reads a file's
/// structure: in some damaged files they never return, so that there is nothing to throw an exception from. A process
/// holds one at a time.
class HdfWatchdog {
 public:
  explicit HdfWatchdog(const std::filesystem::path& file, std::time_t limit = 10);
  HdfWatchdog(const HdfWatchdog&) = delete;
  HdfWatchdog& operator=(const HdfWatchdog&) = delete;
  HdfWatchdog(HdfWatchdog&&) = delete;
  HdfWatchdog& operator=(HdfWatchdog&&) = delete;
  ~HdfWatchdog();

 private:
  std::string message_;
};

}  // namespace spinsweep::store
