#include <fmt/core.h>

#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "export/export_case.hpp"

namespace spinsweep::cli {

void add_export(CLI::App& app, Outcome& /*outcome*/) {
  using exports::Format;
  using micromagnetics::OvfData;
  auto request = std::make_shared<exports::ExportRequest>();
  CLI::App* command = app.add_subcommand("export", "Write a case of a results file in the formats of other programs");
  command->add_option("RESULTS", request->results_file, "results file (HDF5)")->required();
  command->add_option("--device", request->device, "synapse or neuron")
      ->required()
      ->check(CLI::IsMember({"synapse", "neuron"}));
  command->add_option("--case", request->index, "number of the case, from 0")->required();
  const std::map<std::string, Format> formats = {{"ovf", Format::ovf}, {"vtk", Format::vtk}, {"csv", Format::csv}};
  command
      ->add_option("--format", request->format,
                   "ovf: maps for OOMMF and discretisedfield; vtk: maps for ParaView; csv: traces")
      ->required()
      ->transform(CLI::Transformer(formats).description("{ovf,vtk,csv}"));
  const std::map<std::string, OvfData> kinds = {
      {"binary8", OvfData::binary8}, {"binary4", OvfData::binary4}, {"text", OvfData::text}};
  command->add_option("--ovf-data", request->ovf_data, "how OVF files hold their numbers (default binary8)")
      ->transform(CLI::Transformer(kinds).description("{binary8,binary4,text}"));
  command->add_option("--snapshot", request->snapshot, "only this map, from 0");
  command->add_option("-o,--output", request->folder, "folder for the files")->required();
  command->add_flag("--force", request->force, "replace existing files");
  command->callback([request] {
    for (const auto& file : exports::export_case(*request)) {
      fmt::print("{}\n", file.string());
    }
  });
}

}  // namespace spinsweep::cli
