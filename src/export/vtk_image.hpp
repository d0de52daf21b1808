#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "micromagnetics/mesh.hpp"

namespace spinsweep::exports {

/// A VTK ImageData file (.vti) of a vector field in the cells of a mesh: XML with the data in base64. field:
/// [y][x][component]. Source: VTK User's Guide, 11th edition (Kitware), "VTK XML file formats".
[[nodiscard]] std::string vtk_image(const micromagnetics::Mesh& mesh, std::span<const float> field,
                                    const std::string& name);

/// A ParaView collection (.pvd): the file of each time, s.
[[nodiscard]] std::string paraview_series(const std::vector<std::pair<double, std::string>>& files);

/// A temporal collection in XDMF (.xdmf) of snapshots that stay in an HDF5 file. dataset: where ParaView finds
/// "file.h5:/path"; shape: of the data set (case, snapshot, y, x, component), times: s.
[[nodiscard]] std::string xdmf_series(const micromagnetics::Mesh& mesh, const std::string& dataset,
                                      const std::vector<std::uint64_t>& shape, std::uint64_t index,
                                      const std::vector<double>& times, const std::string& name);

[[nodiscard]] std::string base64(std::span<const std::byte> bytes);

}  // namespace spinsweep::exports
