#pragma once

#include <ctime>
#include <filesystem>
#include <string>

namespace spinsweep::store {

/// Ends the process with exit code 3 and one line that names the file if the object lives for more than `limit` seconds
/// of processor time; waiting for a disk does not count. It guards the calls in which HDF5 reads a file's structure:
/// for some damaged files they never return, so that no exception can be thrown. At most one object at a time.
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
