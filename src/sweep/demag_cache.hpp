#pragma once

#include <memory>

#include "device/parameters.hpp"
#include "micromagnetics/demag_field.hpp"

namespace spinsweep::sweep {

/// The demagnetising field's transforms and tensor, kept for the next case with the same mesh and saturation
/// magnetisation.
class DemagCache {
 public:
  [[nodiscard]] std::shared_ptr<micromagnetics::DemagField> get(const device::DeviceParameters& parameters);

 private:
  micromagnetics::Mesh mesh_;
  double saturation_magnetization_ = 0.0;
  std::shared_ptr<micromagnetics::DemagField> field_;
};

}  // namespace spinsweep::sweep
