#pragma once

namespace spinsweep {

/// The exit code of an EnvironmentError: here and not at the command line with the others, because a process that
/// cannot go on may have to end with it where no exception can be thrown.
inline constexpr int broken_environment = 3;

}  // namespace spinsweep
