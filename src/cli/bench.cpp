#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/output.hpp"
#include "bench/format.hpp"
#include "bench/section.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::cli {

void add_bench(CLI::App& app, Outcome& /*outcome*/) {
  struct Options {
    bool json = false;
    std::vector<std::string> sections;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("bench", "Measure the speed of the kernels, of one case of each device, and of training");
  std::vector<std::string> names;
  for (const bench::Section& section : bench::sections()) {
    names.push_back(section.name);
  }
  command->add_flag("--json", options->json, "print one JSON object at the end");
  command
      ->add_option("SECTION", options->sections,
                   fmt::format("sections to run, of {} (default: all)", fmt::join(names, ", ")))
      ->check([names](const std::string& text) {
        return std::find(names.begin(), names.end(), text) != names.end() ? std::string() : invalid_choice(text, names);
      });
  command->callback([options] {
    // Training is measured by all ranks together, so every rank measures everything; the first one prints.
    const parallel::Communicator world(MPI_COMM_WORLD);
    const bool speaks = world.rank() == 0;
    std::vector<bench::Measured> measured;
    for (const bench::Section& section : bench::sections()) {
      const auto& wanted = options->sections;
      if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), section.name) == wanted.end()) {
        continue;
      }
      measured.push_back({section, section.measure()});
      if (!options->json && speaks) {
        print_result(bench::as_table(section, measured.back().rows));
      }
    }
    if (options->json && speaks) {
      print_result(bench::as_json(measured));
    }
  });
}

}  // namespace spinsweep::cli
