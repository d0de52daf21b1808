#include <unistd.h>

#include <chrono>
#include <memory>
#include <thread>

#include "base/output.hpp"
#include "cli/commands.hpp"
#include "cli/one_rank.hpp"
#include "status/status_report.hpp"

namespace spinsweep::cli {

namespace {

constexpr std::chrono::seconds between_looks(2);

/// Refreshes the status on a terminal until no run writes to the file.
void watch(const std::string& results_file) {
  constexpr const char* clear_screen = "\033[H\033[2J";
  while (true) {
    const status::StatusReport report = status::read_status_report(results_file);
    print_result(clear_screen + status::to_text(report));
    if (!report.being_written) {
      return;
    }
    std::this_thread::sleep_for(between_looks);
  }
}

}  // namespace

void add_status(CLI::App& app, Outcome& /*outcome*/) {
  struct Options {
    std::string file;
    bool json = false;
    bool watch = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("status", "Show the progress of a results file, also during a run");
  command->add_option("RESULTS", options->file, "results file (HDF5)")->required();
  auto* json = command->add_flag("--json", options->json, "print a JSON object");
  command->add_flag("--watch", options->watch, "refresh every 2 s while a run writes; on a terminal, not with --json")
      ->excludes(json);
  command->callback([options] {
    require_one_rank("status");
    if (options->watch && isatty(STDOUT_FILENO) == 1) {
      watch(options->file);
      return;
    }
    const status::StatusReport report = status::read_status_report(options->file);
    print_result(options->json ? status::to_json(report) : status::to_text(report));
  });
}

}  // namespace spinsweep::cli
