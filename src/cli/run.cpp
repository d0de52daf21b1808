#include <fmt/core.h>

#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::cli {

namespace {

constexpr int some_cases_failed = 1;
constexpr int interrupted_and_resumable = 75;

}  // namespace

void add_run(CLI::App& app, Outcome& outcome) {
  auto request = std::make_shared<sweep::RunRequest>();
  CLI::App* command = app.add_subcommand("run", "Run a study into a results file, or go on with one; under mpirun");
  command->add_option("SWEEP", request->sweep_file, "sweep file (TOML)")->required();
  command->add_option("-o,--output", request->results_file, "results file (HDF5)")->required();
  command->add_option("--set", request->overrides, "key=value, replaces what the file says")->allow_extra_args(false);
  const std::map<std::string, sweep::Stage> stages = {
      {"device", sweep::Stage::device}, {"network", sweep::Stage::network}, {"all", sweep::Stage::all}};
  command->add_option("--stage", request->stage, "device, network or all")->transform(CLI::Transformer(stages));
  command->add_option_function<std::string>(
      "--part", [request](const std::string& text) { request->part = study::parse_part(text); },
      "INDEX/COUNT: one share of the cases, to be merged");
  command->add_option("--reuse", request->reuse_file, "take over the finished cases of this results file");
  command->add_flag("--force", request->force, "replace an existing results file");
  command->add_flag("--retry-failed", request->retry_failed, "simulate failed cases again");
  command->add_option("--max-failures", request->max_failures, "stop when so many cases have failed")
      ->check(CLI::PositiveNumber);
  command->callback([request, &outcome] {
    const parallel::Communicator world(MPI_COMM_WORLD);
    const sweep::RunOutcome result = sweep::run_study(*request, world);
    if (world.rank() == 0) {
      fmt::print("{}", result.report);
    }
    outcome.exit_code = result.interrupted ? interrupted_and_resumable : result.failures ? some_cases_failed : 0;
  });
}

}  // namespace spinsweep::cli
