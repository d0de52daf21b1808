#include "programming/method.hpp"
#include "programming/method_pulse_train.hpp"
#include "programming/method_single_pulse.hpp"
#include "programming/method_write_verify.hpp"

namespace spinsweep::programming {

const Method& method_of(MethodName name) {
  static const SinglePulse single_pulse;
  static const PulseTrain pulse_train;
  static const WriteVerify write_verify;
  switch (name) {
    case MethodName::pulse_train:
      return pulse_train;
    case MethodName::write_verify:
      return write_verify;
    case MethodName::single_pulse:
      break;
  }
  return single_pulse;
}

}  // namespace spinsweep::programming
