#include <fmt/core.h>

#include <cstdio>
#include <memory>

#include "bench/format.hpp"
#include "bench/section.hpp"
#include "cli/commands.hpp"

namespace spinsweep::cli {

void add_bench(CLI::App& app, Outcome& /*outcome*/) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("bench", "Measure the kernels and one case of each device on one core");
  command->add_flag("--json", *json, "as JSON, when all is measured");
  command->callback([json] {
    std::vector<bench::Measured> measured;
    for (const bench::Section& section : bench::sections()) {
      measured.push_back({section, section.measure()});
      if (!*json) {
        fmt::print("{}", bench::as_table(section, measured.back().rows));
        std::fflush(stdout);
      }
    }
    if (*json) {
      fmt::print("{}", bench::as_json(measured));
    }
  });
}

}  // namespace spinsweep::cli
