#pragma once

#include <memory>

#include "device/parameters.hpp"
#include "micromagnetics/demag_field.hpp"
#include "sweep/case_group.hpp"

namespace spinsweep::sweep {

/// The demagnetising field's transforms and tensor, shared by the ranks of a group and kept for the next case with the
/// same mesh and saturation magnetisation.
class DemagCache {
 public:
  /// For one rank alone.
  DemagCache() = default;
  /// The group must outlive the cache and what comes of it.
  explicit DemagCache(const CaseGroup& group) : group_(&group) {}

  /// Collective in the group. Errors: InputError if there are more ranks than rows of cells.
  [[nodiscard]] std::shared_ptr<micromagnetics::DemagField> get(const device::DeviceParameters& parameters);

 private:
  const CaseGroup* group_ = nullptr;
  micromagnetics::Mesh mesh_;
  double saturation_magnetization_ = 0.0;
  std::shared_ptr<micromagnetics::DemagField> field_;
};

}  // namespace spinsweep::sweep
