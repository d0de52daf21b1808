#include <fmt/format.h>
#include <mpi.h>

#include <cstdio>
#include <memory>
#include <sstream>
#include <string>

#include "base/error.hpp"
#include "base/output.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/help_formatter.hpp"
#include "parallel/session.hpp"
#include "startup/exit_code.hpp"
#include "startup/instruction_set.hpp"
#include "startup/processor_check.hpp"

namespace {

/// Exit code of an InputError; README.md lists all exit codes.
constexpr int wrong_input = 2;

/// What is wrong with the command line, and where it is said how it should be.
spinsweep::InputError describe(const CLI::ParseError& error, const CLI::App& app) {
  const auto commands = app.get_subcommands();
  if (commands.empty()) {
    const auto unknown = app.remaining();
    return spinsweep::InputError(
        fmt::format("{}; spinsweep --help lists the subcommands",
                    unknown.empty() ? error.what() : unknown.front() + ": no such subcommand"));
  }
  const std::string command = commands.front()->get_name();
  const auto unexpected = commands.front()->remaining();
  return spinsweep::InputError(
      fmt::format("{}; see spinsweep {} --help",
                  unexpected.empty() ? error.what() : unexpected.front() + ": not expected by " + command, command));
}

/// What --help and --version ask for.
int print_help(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream text;
  app.exit(error, text, text);
  try {
    spinsweep::print_result(text.str());
  } catch (const spinsweep::EnvironmentError& failure) {
    spinsweep::show(fmt::format("spinsweep: {}\n", failure.what()));
    return spinsweep::broken_environment;
  }
  return 0;
}

int parse_and_run(int argc, char** argv, bool speaks) {
  CLI::App app("Simulates domain-wall synapses and neurons over parameter sweeps, and trains neural networks on them",
               "spinsweep");
  app.formatter(std::make_shared<spinsweep::cli::HelpFormatter>());
  app.set_version_flag("--version", "spinsweep " + spinsweep::program_description(),
                       "print version, git commit and instruction set");
  app.set_help_flag("-h,--help", "print this help");
  app.require_subcommand(0, 1);
  spinsweep::cli::Outcome outcome;
  spinsweep::cli::add_bench(app, outcome);
  spinsweep::cli::add_merge(app, outcome);
  spinsweep::cli::add_plan(app, outcome);
  spinsweep::cli::add_run(app, outcome);
  spinsweep::cli::add_status(app, outcome);
  spinsweep::cli::add_submit(app, outcome);
  spinsweep::cli::add_export(app, outcome);
  const auto print_error = [&](const std::exception& error) {
    if (speaks) {
      spinsweep::show(fmt::format("spinsweep: {}\n", error.what()));
    }
  };
  try {
    spinsweep::parallel::require_same_instruction_set();
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) {
      throw spinsweep::InputError("missing subcommand; spinsweep --help lists them");
    }
    return outcome.exit_code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return speaks ? print_help(app, error) : 0;
    }
    print_error(describe(error, app));
    return wrong_input;
  } catch (const spinsweep::InputError& error) {
    print_error(error);
    return wrong_input;
  } catch (const std::exception& error) {
    print_error(error);
    return spinsweep::broken_environment;
  }
}

}  // namespace

namespace spinsweep::startup {

constinit const std::optional<std::size_t> instruction_set_of_program = compiled_instruction_set();

}  // namespace spinsweep::startup

int main(int argc, char** argv) {
  spinsweep::prepare_standard_streams();
  try {
    const spinsweep::parallel::Session session(&argc, &argv);
    spinsweep::survive_broken_pipes();
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return parse_and_run(argc, argv, rank == 0);
  } catch (const std::exception& error) {
    // MPI or PETSc could not be started, on this rank at least.
    std::fputs(error.what(), stderr);
    std::fputc('\n', stderr);
    return spinsweep::broken_environment;
  }
}
