#pragma once

#include <CLI/CLI.hpp>

namespace spinsweep::cli {

/// What a subcommand's callback leaves behind.
struct Outcome {
  int exit_code = 0;
};

/// Each adds its subcommand and options to `app`. The callbacks run inside the parse.
void add_bench(CLI::App& app, Outcome& outcome);
void add_export(CLI::App& app, Outcome& outcome);
void add_merge(CLI::App& app, Outcome& outcome);
void add_plan(CLI::App& app, Outcome& outcome);
void add_run(CLI::App& app, Outcome& outcome);
void add_status(CLI::App& app, Outcome& outcome);
void add_submit(CLI::App& app, Outcome& outcome);

}  // namespace spinsweep::cli
