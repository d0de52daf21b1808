#pragma once

#include <spdlog/spdlog.h>

namespace spinsweep {

/// Sends the log to stderr, plain on a pipe and with coloured levels on a terminal (never if NO_COLOR is set).
/// Only one process of a run logs warnings and information: pass speaks = false on the others, which log errors only.
/// Everywhere else, spdlog::info and its siblings are called directly.
void set_up_log(bool speaks);

}  // namespace spinsweep
