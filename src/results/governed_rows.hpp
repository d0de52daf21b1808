#pragma once

#include <string>
#include <vector>

#include "results/results.hpp"

namespace spinsweep::results {

/// The variables of a group that are governed by one status: a row of each for every element of the status.
class GovernedRows {
 public:
  /// status: one of the entries. Selects the variables that `source`, which may belong to another study, has as well.
  GovernedRows(const std::vector<Entry>& entries, const Entry& status, const store::ResultsFile& source);

  /// Copies a row without its status. Rows of either file may be longer: they have the length of the longest in their
  /// study.
  void copy(const store::ResultsFile& source, const store::Extent& from, Results& target,
            const store::Extent& to) const;

  /// Errors: EnvironmentError naming the first variable whose row differs between two files of one study; computing
  /// times may differ.
  void require_equal(const store::ResultsFile& file, const store::ResultsFile& other, const store::Extent& row) const;

 private:
  std::vector<Entry> entries_;
};

/// The index of an element, from its place in row-major order.
[[nodiscard]] store::Extent index_of(std::uint64_t place, const store::Extent& shape);

}  // namespace spinsweep::results
