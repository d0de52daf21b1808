#include <fmt/format.h>

#include <memory>

#include "base/error.hpp"
#include "base/output.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "startup/exit_code.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::cli {

namespace {

constexpr int some_cases_failed = 1;
constexpr int interrupted_and_resumable = 75;

}  // namespace

void add_run(CLI::App& app, Outcome& outcome) {
  auto request = std::make_shared<sweep::RunRequest>();
  CLI::App* command = app.add_subcommand("run", "Run a study, or resume one from its results file; start with mpirun");
  command->add_option("SWEEP", request->sweep_file, "sweep file (TOML)")->required();
  command->add_option("-o,--output", request->results_file, "results file (HDF5)")->required()->type_name("FILE");
  add_overrides(*command, request->overrides);
  add_choice<sweep::Stage>(
      *command, "--stage", request->stage,
      {{"device", sweep::Stage::device}, {"network", sweep::Stage::network}, {"all", sweep::Stage::all}},
      "device: simulate devices only; network: train networks on the finished devices only (default all)");
  command
      ->add_option_function<std::string>(
          "--part", [request](const std::string& text) { request->part = study::parse_part(text); },
          "run one part of the cases, such as 0/4; networks are trained after the parts are merged")
      ->type_name("INDEX/COUNT");
  command->add_option("--reuse", request->reuse_file, "copy finished cases from this results file")->type_name("FILE");
  command->add_flag("--force", request->force, "replace an existing results file");
  command->add_flag("--retry-failed", request->retry_failed, "run failed cases again");
  add_integer(*command, "--max-failures", request->max_failures, 1, "stop after N failed cases");
  command->callback([request, &outcome] {
    if (request->part.count > 1 && request->stage == sweep::Stage::network) {
      throw InputError("--part applies to device cases; merge the parts, then train the networks without --part");
    }
    const parallel::Communicator world(MPI_COMM_WORLD);
    const sweep::RunOutcome result = sweep::run_study(*request, world);
    outcome.exit_code = result.interrupted ? interrupted_and_resumable : result.failures ? some_cases_failed : 0;
    if (world.rank() == 0) {
      try {
        print_result(result.report);
      } catch (const EnvironmentError& error) {
        // A batch job is requeued by the exit code of an interruption, whoever reads what it says.
        show(fmt::format("spinsweep: {}; what the run has done is in the results file\n", error.what()));
        outcome.exit_code = result.interrupted ? interrupted_and_resumable : broken_environment;
      }
    }
  });
}

}  // namespace spinsweep::cli
