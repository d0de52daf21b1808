#include "export/vtk_image.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <cstring>

namespace spinsweep::exports {

std::string base64(std::span<const std::byte> bytes) {
  constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t k = 0; k < bytes.size(); k += 3) {
    const std::size_t present = std::min<std::size_t>(3, bytes.size() - k);
    std::uint32_t group = 0;
    for (std::size_t byte = 0; byte < 3; ++byte) {
      group = group << 8U | (byte < present ? std::to_integer<std::uint32_t>(bytes[k + byte]) : 0U);
    }
    for (std::size_t digit = 0; digit < 4; ++digit) {
      text += digit <= present ? digits[group >> (18U - 6U * digit) & 63U] : '=';
    }
  }
  return text;
}

std::string vtk_image(const micromagnetics::Mesh& mesh, std::span<const float> field, const std::string& name) {
  const std::uint64_t size = field.size_bytes();
  std::vector<std::byte> data(sizeof size + size);
  std::memcpy(data.data(), &size, sizeof size);
  std::memcpy(data.data() + sizeof size, field.data(), size);
  return fmt::format(
      "<?xml version=\"1.0\"?>\n"
      "<VTKFile type=\"ImageData\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\">\n"
      "  <ImageData WholeExtent=\"0 {0} 0 {1} 0 1\" Origin=\"0 0 0\" Spacing=\"{2} {3} {4}\">\n"
      "    <Piece Extent=\"0 {0} 0 {1} 0 1\">\n"
      "      <CellData Vectors=\"{5}\">\n"
      "        <DataArray type=\"Float32\" Name=\"{5}\" NumberOfComponents=\"3\" format=\"binary\">{6}</DataArray>\n"
      "      </CellData>\n    </Piece>\n  </ImageData>\n</VTKFile>\n",
      mesh.nx, mesh.ny, mesh.dx, mesh.dy, mesh.dz, name, base64(data));
}

std::string paraview_series(const std::vector<std::pair<double, std::string>>& files) {
  std::string text =
      "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\" byte_order=\"LittleEndian\">\n"
      "  <Collection>\n";
  for (const auto& [time, file] : files) {
    text += fmt::format("    <DataSet timestep=\"{}\" part=\"0\" file=\"{}\"/>\n", time, file);
  }
  return text + "  </Collection>\n</VTKFile>\n";
}

std::string xdmf_series(const micromagnetics::Mesh& mesh, const std::string& dataset,
                        const std::vector<std::uint64_t>& shape, std::uint64_t index, const std::vector<double>& times,
                        const std::string& name) {
  std::string text =
      "<?xml version=\"1.0\"?>\n<Xdmf Version=\"3.0\">\n  <Domain>\n"
      "    <Grid Name=\"series\" GridType=\"Collection\" CollectionType=\"Temporal\">\n";
  for (std::size_t snapshot = 0; snapshot < times.size(); ++snapshot) {
    text += fmt::format(
        "      <Grid Name=\"snapshot {0}\">\n        <Time Value=\"{1}\"/>\n"
        "        <Topology TopologyType=\"3DCoRectMesh\" Dimensions=\"2 {2} {3}\"/>\n"
        "        <Geometry GeometryType=\"ORIGIN_DXDYDZ\">\n"
        "          <DataItem Dimensions=\"3\" NumberType=\"Float\" Precision=\"8\" Format=\"XML\">0 0 0</DataItem>\n"
        "          <DataItem Dimensions=\"3\" NumberType=\"Float\" Precision=\"8\" Format=\"XML\">{4} {5} "
        "{6}</DataItem>\n"
        "        </Geometry>\n"
        "        <Attribute Name=\"{7}\" AttributeType=\"Vector\" Center=\"Cell\">\n"
        "          <DataItem Dimensions=\"1 {8} {9} 3\" NumberType=\"Float\" Precision=\"4\" Format=\"HDF\">"
        "{12}|{10} {0} 0 0 0:1 1 1 1 1:1 1 {8} {9} 3:{11}</DataItem>\n"
        "        </Attribute>\n      </Grid>\n",
        snapshot, times[snapshot], mesh.ny + 1, mesh.nx + 1, mesh.dz, mesh.dy, mesh.dx, name, mesh.ny, mesh.nx, index,
        fmt::join(shape, " "), dataset);
  }
  return text + "    </Grid>\n  </Domain>\n</Xdmf>\n";
}

}  // namespace spinsweep::exports
