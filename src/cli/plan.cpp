#include <memory>

#include "base/output.hpp"
#include "cli/commands.hpp"
#include "cli/one_rank.hpp"
#include "cli/options.hpp"
#include "status/describe_plan.hpp"
#include "study/read_study.hpp"

namespace spinsweep::cli {

void add_plan(CLI::App& app, Outcome& /*outcome*/) {
  struct Options {
    std::string sweep_file;
    std::vector<std::string> overrides;
    bool json = false;
    bool all = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("plan", "Show the cases of a study, its computing time and file size");
  command->add_option("SWEEP", options->sweep_file, "sweep file (TOML)")->required();
  add_overrides(*command, options->overrides);
  command->add_flag("--json", options->json, "print a JSON object");
  command->add_flag("--all", options->all, "list every case (default: the first and last of more than 50)");
  command->callback([options] {
    require_one_rank("plan");
    const study::Study study = study::read_study(options->sweep_file, options->overrides);
    print_result(options->json  ? status::describe_as_json(study)
                 : options->all ? status::describe(study, status::ListedCases::all)
                                : status::describe(study));
  });
}

}  // namespace spinsweep::cli
