#include "fields/file_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/error.hpp"
#include "fields/grey_image.hpp"
#include "fields/hdf5_field.hpp"
#include "fields/legacy_vtk.hpp"
#include "fields/xml_vtk.hpp"
#include "micromagnetics/ovf.hpp"

namespace spinsweep::fields {

namespace {

FileField field_of(const GreyImage& image, const std::string& name) {
  FileField field{.name = name, .mesh = {.nx = image.width, .ny = image.height}, .values = {}};
  const auto width = static_cast<std::size_t>(image.width);
  for (auto row = static_cast<std::size_t>(image.height); row-- > 0;) {
    const auto first = image.values.begin() + static_cast<std::ptrdiff_t>(row * width);
    field.values.insert(field.values.end(), first, first + image.width);
  }
  return field;
}

FileField field_of(micromagnetics::OvfField ovf, const std::string& name) {
  return {.name = name, .mesh = ovf.mesh, .components = ovf.components, .values = std::move(ovf.values)};
}

FileField parse(const std::string& bytes, const std::string& name) {
  if (is_png(bytes)) {
    return field_of(read_png(bytes, name), name);
  }
  if (is_hdf5(bytes)) {
    return read_hdf5_field(bytes, name);
  }
  if (is_legacy_vtk(bytes)) {
    return read_legacy_vtk(bytes, name);
  }
  if (is_xml(bytes)) {
    return read_xml_vtk(bytes, name);
  }
  if (bytes.starts_with('#')) {
    return field_of(parse_ovf(bytes, name, micromagnetics::OvfComponents::one_or_three), name);
  }
  throw InputError(name + ": is neither a PNG picture nor a field in OVF, VTK or discretisedfield's HDF5");
}

}  // namespace

std::string read_bytes(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::ostringstream bytes;
  const bool is_empty = file && file.peek() == std::ifstream::traits_type::eof();
  if (!file || (!is_empty && !(bytes << file.rdbuf()))) {
    throw EnvironmentError(name + ": cannot be read");
  }
  return bytes.str();
}

FileField read_file_field(const std::string& bytes, const std::string& name) {
  FileField field = parse(bytes, name);
  const auto bad = std::ranges::find_if_not(field.values, [](double value) { return std::isfinite(value); });
  if (bad != field.values.end()) {
    const auto cell = static_cast<int>((bad - field.values.begin()) / field.components);
    throw InputError(fmt::format("{}: has {:g} in its cell ({}, {}), expected a finite number", name, *bad,
                                 cell % field.mesh.nx, cell / field.mesh.nx));
  }
  return field;
}

}  // namespace spinsweep::fields
