#pragma once

#include <memory>

#include "device/parameters.hpp"
#include "micromagnetics/demag_field.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::device {

/// The demagnetising field of the last case, with its transforms and its tensor, kept for the next case of the same
/// mesh and saturation magnetisation.
class DemagCache {
 public:
  /// For one rank alone.
  DemagCache() = default;
  /// For the ranks of `group`, which share the mesh of a case. The group must outlive the cache and the fields it
  /// returns.
  explicit DemagCache(const parallel::Communicator& group) : group_(&group) {}

  /// Collective in the group. Errors: InputError if there are more ranks than rows of cells.
  [[nodiscard]] std::shared_ptr<micromagnetics::DemagField> get(const DeviceParameters& parameters);

 private:
  const parallel::Communicator* group_ = nullptr;
  micromagnetics::Mesh mesh_;
  double saturation_magnetization_ = 0.0;
  std::shared_ptr<micromagnetics::DemagField> field_;
};

}  // namespace spinsweep::device
