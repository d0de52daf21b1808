#pragma once

#include <stdexcept>
#include <string>

namespace spinsweep {

/// Base of every error spinsweep throws on purpose. The message is one sentence for the user: what was wrong, where,
/// and what was expected.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The sweep file or the command line is wrong (exit code 2). Messages about a file begin with file:line:column.
class InputError : public Error {
 public:
  using Error::Error;
};

/// Something outside the program failed: a disk, a data set, a results file, a library (exit code 3).
class EnvironmentError : public Error {
 public:
  using Error::Error;
};

/// One simulation cannot be completed to the demanded accuracy. Its case fails, the sweep continues.
class SimulationError : public Error {
 public:
  using Error::Error;
};

}  // namespace spinsweep
