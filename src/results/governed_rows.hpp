#pragma once

#include <string>
#include <vector>

#include "results/results.hpp"

namespace spinsweep::results {

/// The variables of one place that a status governs, row by row: one row for each element of the status.
class GovernedRows {
 public:
  /// status: an entry too. Only variables that `source` has as well, which may belong to another study.
  GovernedRows(const std::vector<Entry>& entries, const Entry& status, const store::ResultsFile& source);

  /// Copies a row, but not its status. Rows are as long as the longest of their study, so either file may have room to
  /// spare.
  void copy(const store::ResultsFile& source, const store::Extent& from, Results& target,
            const store::Extent& to) const;

  /// Errors: EnvironmentError naming the first variable whose row differs between two files of one study. Computing
  /// times may.
  void require_equal(const store::ResultsFile& file, const store::ResultsFile& other, const store::Extent& row) const;

 private:
  std::vector<Entry> entries_;
};

/// The index of an element, from its place in row-major order.
[[nodiscard]] store::Extent index_of(std::uint64_t place, const store::Extent& shape);

}  // namespace spinsweep::results
