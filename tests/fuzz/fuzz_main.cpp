#include <fmt/core.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "fuzz/isolated_run.hpp"

namespace {

using namespace spinsweep::fuzz;

/// What a reader may use. An address sanitizer reserves more by itself and has a limit of its own
/// (max_allocation_size_mb).
[[maybe_unused]] constexpr rlim_t most_memory = rlim_t{8} << 30U;

void limit_memory() {
#ifndef __SANITIZE_ADDRESS__
  const rlimit limit{most_memory, most_memory};
  setrlimit(RLIMIT_AS, &limit);
#endif
}

int fuzz(int argc, char** argv) {
  const std::array<TargetKind, 9> kinds = {{{"sweep", make_sweep_target},
                                            {"extreme", make_extreme_target},
                                            {"results", make_results_target},
                                            {"idx", make_idx_target},
                                            {"model", make_model_target},
                                            {"ovf", make_ovf_target},
                                            {"legacy_vtk", make_legacy_vtk_target},
                                            {"xml_vtk", make_xml_vtk_target},
                                            {"field_hdf5", make_field_hdf5_target}}};
  CLI::App app("Feeds damaged files to the readers of spinsweep");
  std::string format;
  Campaign campaign;
  std::string folder = "fuzz";
  std::vector<std::string> names;
  std::transform(kinds.begin(), kinds.end(), std::back_inserter(names), [](const auto& kind) { return kind.name; });
  app.add_option("FORMAT", format, "sweep, extreme, results, idx, model, ovf, legacy_vtk, xml_vtk or field_hdf5")
      ->required()
      ->check(CLI::IsMember(names));
  app.add_option("COUNT", campaign.count, "inputs to try")->required();
  app.add_option("--first", campaign.first, "number of the first input; a number is always the same input");
  app.add_option("--seconds", campaign.seconds, "an input that takes more processor time hangs");
  app.add_option("--folder", folder, "inputs that found something stay there, and a log");
  app.add_flag("--list", campaign.lists_refusals, "print what each refused input was refused with");
  CLI11_PARSE(app, argc, argv);
  limit_memory();
  campaign.target = *std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == format; });
  campaign.folder = std::filesystem::absolute(folder);
  std::filesystem::create_directories(campaign.folder);
  const Tally tally = run(campaign);
  for (const Finding& finding : tally.findings) {
    fmt::print("{}-{}: {}\n", format, finding.number, finding.what);
  }
  for (const Finding& finding : tally.ended_in_hdf5) {
    fmt::print("{}-{}: {} inside HDF5\n", format, finding.number, finding.what);
  }
  fmt::print(
      "{} inputs of {}: {} accepted, {} refused with one line, {} crashes, hangs or other endings, {} more inside "
      "HDF5\n",
      campaign.count, format, tally.accepted, tally.refused, tally.findings.size(), tally.ended_in_hdf5.size());
  return tally.findings.empty() ? 0 : 1;
}

}  // namespace

/// Feeds damaged files to the program's own readers and tells which of them crash it, hang it or are refused with
/// anything but one line. Exit code 0 if none is, or HDF5 itself crashed or hung; 1 if some are.
int main(int argc, char** argv) {
  try {
    return fuzz(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "fuzz: {}\n", error.what());
    return 3;
  }
}
