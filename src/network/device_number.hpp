#pragma once

#include <cstdint>

namespace spinsweep::network {

/// One device of one device sample. The random numbers of every source of noise depend on this and on the seed alone,
/// so that any rank can draw any of them.
struct DeviceNumber {
  std::uint32_t device = 0;  ///< within its layer
  std::uint32_t layer = 0;
  std::uint32_t sample = 0;
};

}  // namespace spinsweep::network
