#pragma once

#include <spdlog/spdlog.h>

namespace spinsweep {

/// Sends the log to stderr, plain on a pipe and with coloured levels on a terminal (never if NO_COLOR is set).
/// Only the process that speaks for the run logs below the level of an error: pass speaks = false on the others.
/// Everywhere else, spdlog::info and its siblings are called directly.
void set_up_log(bool speaks);

}  // namespace spinsweep
