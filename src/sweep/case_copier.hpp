#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/results_file.hpp"
#include "store/schema.hpp"

namespace spinsweep::sweep {

/// Copies what finished cases of a device have yielded to the rows of physically identical cases, in the same results
/// file or from another one. What it copies: every variable over `case` that both have.
class CaseCopier {
 public:
  /// layout: of the device's group in `target`, as device_group() makes it; HDF5 crashes where a damaged file's own
  /// names of dimensions lead nowhere. Both files must outlive this object. Errors: EnvironmentError.
  CaseCopier(const store::ResultsFile& source, store::ResultsFile& target, const store::Group& layout);

  /// Copies the rows, but not the status.
  void copy(std::uint64_t source_index, std::uint64_t target_index);

 private:
  const store::ResultsFile& source_;
  store::ResultsFile& target_;
  std::vector<std::string> variables_;
};

}  // namespace spinsweep::sweep
