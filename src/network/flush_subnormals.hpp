#pragma once

#if defined(__SSE2__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

namespace spinsweep::network {

/// Flushes subnormal numbers to zero during its lifetime. Adam's moments of pixels that are almost always zero decay
/// into the subnormal range within an epoch, where every operation costs a hundred times more.
class FlushSubnormals {
 public:
  FlushSubnormals(const FlushSubnormals&) = delete;
  FlushSubnormals& operator=(const FlushSubnormals&) = delete;
  FlushSubnormals(FlushSubnormals&&) = delete;
  FlushSubnormals& operator=(FlushSubnormals&&) = delete;
#if defined(__SSE2__)
  FlushSubnormals() : saved_(_mm_getcsr()) {
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
  }
  ~FlushSubnormals() {
    _mm_setcsr(saved_);
  }

 private:
  unsigned saved_;
#else
  FlushSubnormals() = default;
  ~FlushSubnormals() = default;
#endif
};

}  // namespace spinsweep::network
