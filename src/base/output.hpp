#pragma once

#include <string_view>

namespace spinsweep {

/// What the program says, on streams that may be closed, full, slow or gone.

/// To be called before anything is opened. A file that is opened while stdout or stderr is closed would get its number,
/// and messages would be written into it; from here on writing to a stream that was closed fails instead.
void prepare_standard_streams() noexcept;

/// From here on writing to a pipe that nobody reads any more fails and does not end the process. To be called when MPI
/// has started, which sets the signal back.
void survive_broken_pipes() noexcept;

/// Shows progress, a warning or an error on stderr. What cannot be shown, because the stream is closed or full or
/// nobody has read it for a tenth of a second, is dropped: a run does not depend on who looks on.
void show(std::string_view text) noexcept;

/// Writes what a command was asked for to stdout. Errors: EnvironmentError if not all of it could be written.
void print_result(std::string_view text);

}  // namespace spinsweep
