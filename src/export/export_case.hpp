#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "micromagnetics/ovf.hpp"

namespace spinsweep::exports {

enum class Format { ovf, vtk, csv, jump_table };

/// What `spinsweep export` was asked for.
struct ExportRequest {
  std::string results_file;
  std::string device;  ///< its kind, "synapse"
  std::uint64_t index = 0;
  Format format = Format::ovf;
  micromagnetics::OvfData ovf_data = micromagnetics::OvfData::binary8;
  std::optional<std::uint64_t> snapshot;  ///< that one only; not for traces
  bool saddles = false;                   ///< the saddle points of its variant in [retention] instead; OVF only
  std::filesystem::path folder;           ///< made if it is missing
  bool force = false;                     ///< replace files
};

/// Writes the files and returns their paths:
/// ovf: DEVICE_caseNNNN_snapshotNN.ovf, one for each snapshot, or DEVICE_caseNNNN_saddleNN.ovf, one for each path
/// between levels, and _loss_left.ovf and _loss_right.ovf over the ends; vtk: the same as .vti, DEVICE_caseNNNN.pvd
/// with their times, and DEVICE_caseNNNN.xdmf, which shows ParaView the snapshots inside the results file itself; csv:
/// DEVICE_caseNNNN.csv, the traces; jump_table: DEVICE_caseNNNN_dG_increasing.txt and _dG_decreasing.txt, how a pulse
/// changes the conductance of the variant that the case belongs to, as CrossSim 2.0 reads it. Errors: those of
/// DeviceCase; InputError if a file is there and force is not set, in which case nothing is written, or the case has no
/// such snapshot; EnvironmentError if a file cannot be written.
std::vector<std::filesystem::path> export_case(const ExportRequest& request);

}  // namespace spinsweep::exports
