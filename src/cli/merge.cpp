#include <fmt/format.h>

#include <memory>

#include "base/output.hpp"
#include "base/words.hpp"
#include "cli/commands.hpp"
#include "cli/one_rank.hpp"
#include "reuse/merge.hpp"

namespace spinsweep::cli {

void add_merge(CLI::App& app, Outcome& /*outcome*/) {
  struct Options {
    std::vector<std::string> inputs;
    std::string output;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("merge", "Merge results files of a study run in parts");
  command->add_option("RESULTS", options->inputs, "results files (HDF5), two or more")->required()->expected(2, -1);
  command->add_option("-o,--output", options->output, "results file to create")->required()->type_name("FILE");
  command->callback([options] {
    require_one_rank("merge");
    const reuse::MergeOutcome outcome = reuse::merge(options->inputs, options->output);
    print_result(fmt::format("{}: {} done ({} of them not in {}), {} still to do\n", options->output,
                             counted(outcome.done, "case or training", "cases and trainings"), outcome.taken,
                             options->inputs.front(), outcome.open));
  });
}

}  // namespace spinsweep::cli
