#pragma once

namespace spinsweep {

/// The exit code of an EnvironmentError. It is defined here, not with the others at the command line, because a process
/// that cannot continue may have to exit with it where no exception can be thrown.
inline constexpr int broken_environment = 3;

}  // namespace spinsweep
