#include <fmt/core.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/one_rank.hpp"
#include "cli/options.hpp"
#include "device/kind.hpp"
#include "export/export_case.hpp"

namespace spinsweep::cli {

void add_export(CLI::App& app, Outcome& /*outcome*/) {
  using exports::Format;
  using micromagnetics::OvfData;
  auto request = std::make_shared<exports::ExportRequest>();
  CLI::App* command = app.add_subcommand("export", "Write a case of a results file in the formats of other programs");
  command->add_option("RESULTS", request->results_file, "results file (HDF5)")->required();
  std::vector<std::pair<std::string, std::string>> kinds;
  for (const device::Kind* kind : device::kinds()) {
    kinds.emplace_back(kind->name, kind->name);
  }
  add_choice<std::string>(*command, "--device", request->device, kinds, "whose case")->required();
  add_whole_number(*command, "--case", request->index, 0, "number of the case, from 0")->required();
  add_choice<Format>(*command, "--format", request->format,
                     {{"ovf", Format::ovf}, {"vtk", Format::vtk}, {"csv", Format::csv}},
                     "ovf: maps for OOMMF and discretisedfield; vtk: maps for ParaView; csv: traces")
      ->required();
  add_choice<OvfData>(*command, "--ovf-data", request->ovf_data,
                      {{"binary8", OvfData::binary8}, {"binary4", OvfData::binary4}, {"text", OvfData::text}},
                      "how OVF files hold their numbers (default binary8)");
  add_whole_number(*command, "--snapshot", request->snapshot, 0, "only this map, from 0");
  command->add_option("-o,--output", request->folder, "folder for the files")->required()->type_name("FOLDER");
  command->add_flag("--force", request->force, "replace existing files");
  command->callback([request] {
    require_one_rank("export");
    for (const auto& file : exports::export_case(*request)) {
      fmt::print("{}\n", file.string());
    }
  });
}

}  // namespace spinsweep::cli
