#pragma once

#include <cstdint>
#include <vector>

#include "network/idx.hpp"
#include "study/study.hpp"

/// The layout of the results file and typed access to it. Each stage declares its variables once; everything else
/// follows from these declarations: the schema, the layout check, merge and reuse, docs/results-file.md, and the
/// attributes by which readers recognise axes, names and statuses.
namespace spinsweep::results {

/// Determines the sizes of a results file's dimensions.
struct LayoutInput {
  const study::Study& study;
  const std::vector<network::DataSetShape>& data_sets;  ///< those of the network
  int ranks = 1;                                        ///< that simulate cases or train networks at the same time
  const study::DevicePlan& device;  ///< device of the group; in groups without a device the one with the weights
};

/// A named axis. Declared once and used by reference: variables over the same object have the same length along it.
struct Dimension {
  const char* name;
  std::uint64_t (*size)(const LayoutInput& input);
  /// False if the size depends on data sets or the number of ranks, so that the study alone does not determine it.
  bool decided_by_study = true;
};

/// The axes of a variable, slowest first.
using Dimensions = std::vector<const Dimension*>;

/// The size of a dimension that is the same in every file.
template <std::uint64_t Size>
std::uint64_t fixed(const LayoutInput& /*input*/) {
  return Size;
}

inline Dimensions operator+(Dimensions left, const Dimension& right) {
  left.push_back(&right);
  return left;
}

inline Dimensions operator+(const Dimension& left, const Dimension& right) {
  return {&left, &right};
}

inline Dimensions operator+(Dimensions left, const Dimensions& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

}  // namespace spinsweep::results
