#include <fmt/core.h>
#include <mpi.h>

#include <cstdio>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "parallel/session.hpp"

namespace {

/// The exit codes of the command line, as README.md lists them.
constexpr int wrong_input = 2;
constexpr int broken_environment = 3;

int parse_and_run(int argc, char** argv, bool speaks) {
  CLI::App app("Sweeps of domain-wall synapses and neurons, and the networks built of them", "spinsweep");
  app.require_subcommand(1);
  spinsweep::cli::Outcome outcome;
  spinsweep::cli::add_bench(app, outcome);
  spinsweep::cli::add_merge(app, outcome);
  spinsweep::cli::add_plan(app, outcome);
  spinsweep::cli::add_run(app, outcome);
  spinsweep::cli::add_status(app, outcome);
  spinsweep::cli::add_submit(app, outcome);
  spinsweep::cli::add_export(app, outcome);
  const auto complain = [&](const std::exception& error) {
    if (speaks) {
      fmt::print(stderr, "spinsweep: {}\n", error.what());
    }
  };
  try {
    app.parse(argc, argv);
    return outcome.exit_code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return speaks ? app.exit(error) : 0;
    }
    const auto unknown = app.remaining();
    if (app.get_subcommands().empty() && !unknown.empty()) {
      complain(spinsweep::InputError(unknown.front() + ": no such subcommand; spinsweep --help lists them"));
    } else {
      complain(error);
    }
    return wrong_input;
  } catch (const spinsweep::InputError& error) {
    complain(error);
    return wrong_input;
  } catch (const std::exception& error) {
    complain(error);
    return broken_environment;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const spinsweep::parallel::Session session(&argc, &argv);
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return parse_and_run(argc, argv, rank == 0);
}
