#include <fmt/core.h>

#include <memory>

#include "cli/commands.hpp"
#include "sweep/status.hpp"

namespace spinsweep::cli {

void add_status(CLI::App& app, Outcome& /*outcome*/) {
  auto file = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("status", "Say how far a results file is; also while a run writes it");
  command->add_option("RESULTS", *file, "results file (HDF5)")->required();
  command->callback([file] { fmt::print("{}", sweep::describe_status(*file)); });
}

}  // namespace spinsweep::cli
