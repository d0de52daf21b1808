#include "slurm/submit.hpp"

#include <memory>

#include "base/output.hpp"
#include "cli/commands.hpp"
#include "cli/one_rank.hpp"
#include "cli/options.hpp"

namespace spinsweep::cli {

void add_submit(CLI::App& app, Outcome& /*outcome*/) {
  auto request = std::make_shared<slurm::SubmitRequest>();
  CLI::App* command = app.add_subcommand("submit", "Write the batch script of a study and submit it to SLURM");
  command->add_option("SWEEP", request->sweep_file, "sweep file (TOML)")->required();
  command->add_option("-o,--output", request->results_file, "results file (HDF5); the script is written next to it")
      ->required()
      ->type_name("FILE");
  add_overrides(*command, request->overrides);
  add_integer(*command, "--nodes", request->nodes, 1, "number of nodes")->required();
  add_integer(*command, "--ranks", request->ranks, 1, "MPI ranks on all nodes together, one for each core")->required();
  command->add_option("--time", request->time, "time limit of a job; a longer study is requeued")
      ->required()
      ->type_name("HH:MM:SS");
  command->add_option("--partition", request->partition, "SLURM partition")->type_name("NAME");
  command->add_option("--account", request->account, "SLURM account")->type_name("NAME");
  add_integer(*command, "--array", request->array, 1, "divide the study among N jobs of that size");
  command->add_flag("--dry-run", request->dry_run, "print the script without writing or submitting it");
  command->add_flag("--force", request->force, "replace a script that differs");
  command->callback([request] {
    require_one_rank("submit");
    print_result(slurm::submit(*request));
  });
}

}  // namespace spinsweep::cli
