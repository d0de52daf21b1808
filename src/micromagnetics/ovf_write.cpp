#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <fstream>

#include "base/error.hpp"
#include "micromagnetics/ovf.hpp"
#include "micromagnetics/ovf_check_value.hpp"

namespace spinsweep::micromagnetics {

namespace {

static_assert(std::endian::native == std::endian::little, "OVF 2.0 binary data are little-endian");

template <class Number>
void append_binary(const std::vector<double>& values, std::string& text) {
  const auto append = [&text](Number number) { text.append(reinterpret_cast<const char*>(&number), sizeof number); };
  append(ovf_check_value<Number>);
  for (const double value : values) {
    append(static_cast<Number>(value));
  }
  text += '\n';
}

std::string header(const OvfField& field) {
  const Mesh& mesh = field.mesh;
  std::string text =
      "# OOMMF OVF 2.0\n#\n# Segment count: 1\n#\n# Begin: Segment\n# Begin: Header\n#\n"
      "# Title: " +
      field.title + "\n";
  for (const auto& line : field.description) {
    text += "# Desc: " + line + "\n";
  }
  text += "# meshtype: rectangular\n# meshunit: m\n";
  text += fmt::format("# xbase: {}\n# ybase: {}\n# zbase: {}\n", mesh.x(0), mesh.y(0), mesh.dz / 2.0);
  text += fmt::format("# xnodes: {}\n# ynodes: {}\n# znodes: 1\n", mesh.nx, mesh.ny);
  text += fmt::format("# xstepsize: {}\n# ystepsize: {}\n# zstepsize: {}\n", mesh.dx, mesh.dy, mesh.dz);
  text += fmt::format("# xmin: 0\n# ymin: 0\n# zmin: 0\n# xmax: {:.15g}\n# ymax: {:.15g}\n# zmax: {:.15g}\n",
                      mesh.nx * mesh.dx, mesh.ny * mesh.dy, mesh.dz);
  text += fmt::format("# valuedim: {}\n# valuelabels: {}\n# valueunits:", field.labels.size(),
                      fmt::join(field.labels, " "));
  for (std::size_t k = 0; k < field.labels.size(); ++k) {
    text += " " + field.unit;
  }
  return text + "\n# End: Header\n#\n";
}

}  // namespace

void write_ovf(const std::filesystem::path& path, const OvfField& field, OvfData data) {
  const std::string name = data == OvfData::text ? "Text" : data == OvfData::binary4 ? "Binary 4" : "Binary 8";
  std::string text = header(field) + "# Begin: Data " + name + "\n";
  if (data == OvfData::binary8) {
    append_binary<double>(field.values, text);
  } else if (data == OvfData::binary4) {
    append_binary<float>(field.values, text);
  } else {
    const auto components = static_cast<std::size_t>(field.components);
    for (std::size_t k = 0; k + components <= field.values.size(); k += components) {
      const double* first = &field.values[k];
      text += fmt::format("{}\n", fmt::join(first, first + components, " "));
    }
  }
  text += "# End: Data " + name + "\n# End: Segment\n";
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) {
    throw EnvironmentError(path.string() + ": cannot be written");
  }
}

}  // namespace spinsweep::micromagnetics
