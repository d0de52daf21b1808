#include "base/error.hpp"
#include "programming/method.hpp"
#include "programming/method_single_pulse.hpp"

namespace spinsweep::programming {

const Method& method_of(MethodName /*name*/) {
  static const SinglePulse single_pulse;
  return single_pulse;
}

}  // namespace spinsweep::programming
