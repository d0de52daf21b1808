#pragma once

#include <exception>
#include <string>

namespace spinsweep::parallel {

/// Which of the errors of base/error.hpp an exception is.
enum class ErrorKind : int { other, input, environment, simulation, interrupted };

/// An exception in a form that can be sent to another rank.
struct ErrorDescription {
  ErrorKind kind = ErrorKind::other;
  std::string message;
};

/// error: not null.
[[nodiscard]] ErrorDescription describe_error(const std::exception_ptr& error);

}  // namespace spinsweep::parallel
