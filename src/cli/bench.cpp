#include <fmt/core.h>

#include <cstdio>
#include <memory>

#include "bench/format.hpp"
#include "bench/section.hpp"
#include "cli/commands.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::cli {

void add_bench(CLI::App& app, Outcome& /*outcome*/) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand(
      "bench", "Measure the kernels, one case of each device and training; every rank measures at the same time");
  command->add_flag("--json", *json, "as JSON, when all is measured");
  command->callback([json] {
    // Training is measured by all ranks together, so every rank measures everything; the first one tells.
    const parallel::Communicator world(MPI_COMM_WORLD);
    const bool speaks = world.rank() == 0;
    std::vector<bench::Measured> measured;
    for (const bench::Section& section : bench::sections()) {
      measured.push_back({section, section.measure()});
      if (!*json && speaks) {
        fmt::print("{}", bench::as_table(section, measured.back().rows));
        std::fflush(stdout);
      }
    }
    if (*json && speaks) {
      fmt::print("{}", bench::as_json(measured));
    }
  });
}

}  // namespace spinsweep::cli
