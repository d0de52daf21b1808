#pragma once

namespace spinsweep {

/// Whether what this process writes to stderr comes out on a terminal that can redraw a line: its own stderr is one, or
/// that of the mpirun that started it on this machine, which passes it on. Never with TERM=dumb.
[[nodiscard]] bool log_ends_on_terminal();

}  // namespace spinsweep
