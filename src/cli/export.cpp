#include <memory>

#include "base/output.hpp"
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
  CLI::App* command = app.add_subcommand("export", "Export a case of a results file for other programs");
  command->add_option("RESULTS", request->results_file, "results file (HDF5)")->required();
  std::vector<std::pair<std::string, std::string>> kinds;
  for (const device::Kind* kind : device::kinds()) {
    kinds.emplace_back(kind->name, kind->name);
  }
  add_choice<std::string>(*command, "--device", request->device, kinds, "device of the case")->required();
  add_integer(*command, "--case", request->index, 0, "case index, from 0")->required();
  add_choice<Format>(
      *command, "--format", request->format,
      {{"ovf", Format::ovf}, {"vtk", Format::vtk}, {"csv", Format::csv}, {"jump-table", Format::jump_table}},
      "ovf: snapshots for OOMMF and discretisedfield; vtk: snapshots for ParaView; csv: traces; jump-table: "
      "changes of conductance by a pulse, for CrossSim")
      ->required();
  add_choice<OvfData>(*command, "--ovf-data", request->ovf_data,
                      {{"binary8", OvfData::binary8}, {"binary4", OvfData::binary4}, {"text", OvfData::text}},
                      "number format of OVF files (default binary8)");
  add_integer(*command, "--snapshot", request->snapshot, 0, "snapshot index (default: all)");
  command->add_flag(
      "--saddles", request->saddles,
      "the saddle points between the levels of the case's variant, and over the ends of its track, instead of "
      "its snapshots (OVF)");
  command->add_option("-o,--output", request->folder, "folder for the files")->required()->type_name("FOLDER");
  command->add_flag("--force", request->force, "replace existing files");
  command->callback([request] {
    require_one_rank("export");
    for (const auto& file : exports::export_case(*request)) {
      print_result(file.string() + "\n");
    }
  });
}

}  // namespace spinsweep::cli
