#include "slurm/submit.hpp"

#include <fmt/core.h>

#include <memory>

#include "cli/commands.hpp"

namespace spinsweep::cli {

void add_submit(CLI::App& app, Outcome& /*outcome*/) {
  auto request = std::make_shared<slurm::SubmitRequest>();
  CLI::App* command = app.add_subcommand("submit", "Write a batch script that runs a study, and give it to SLURM");
  command->add_option("SWEEP", request->sweep_file, "sweep file (TOML)")->required();
  command->add_option("-o,--output", request->results_file, "results file (HDF5); the script stands next to it")
      ->required();
  command->add_option("--set", request->overrides, "key=value, replaces what the file says")->allow_extra_args(false);
  command->add_option("--nodes", request->nodes, "nodes")->required();
  command->add_option("--ranks", request->ranks, "MPI ranks on all nodes together, one per core")->required();
  command->add_option("--time", request->time, "time limit, HH:MM:SS; longer studies are requeued")->required();
  command->add_option("--partition", request->partition, "SLURM partition");
  command->add_option("--account", request->account, "account that pays");
  command->add_option("--array", request->array, "share the study over so many jobs of that size");
  command->add_flag("--dry-run", request->dry_run, "print the script, write and submit nothing");
  command->add_flag("--force", request->force, "replace a script that differs");
  command->callback([request] { fmt::print("{}", slurm::submit(*request)); });
}

}  // namespace spinsweep::cli
