#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/results_file.hpp"

namespace spinsweep::sweep {

/// Copies what finished cases of a device have yielded to the rows of physically identical cases, in the same results
/// file or from another one. What it copies is found in the files: every variable over `case` that both have.
class CaseCopier {
 public:
  /// group: "/synapse" or "/neuron". Both files must outlive this object. Errors: EnvironmentError.
  CaseCopier(const store::ResultsFile& source, store::ResultsFile& target, const std::string& group);

  /// Copies the rows, but not the status.
  void copy(std::uint64_t source_index, std::uint64_t target_index);

 private:
  const store::ResultsFile& source_;
  store::ResultsFile& target_;
  std::vector<std::string> variables_;
};

}  // namespace spinsweep::sweep
