#include "device/file_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "device/grey_image.hpp"
#include "micromagnetics/ovf.hpp"

namespace spinsweep::device {

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

}  // namespace

FileField read_file_field(const std::string& bytes, const std::string& name) {
  if (is_png(bytes)) {
    return field_of(read_png(bytes, name), name);
  }
  if (!bytes.starts_with('#')) {
    throw InputError(name + ": is neither a PNG picture nor an OVF field");
  }
  micromagnetics::OvfField ovf = parse_ovf(bytes, name, micromagnetics::OvfComponents::one_or_three);
  const auto bad = std::ranges::find_if_not(ovf.values, [](double value) { return std::isfinite(value); });
  if (bad != ovf.values.end()) {
    const auto cell = static_cast<int>((bad - ovf.values.begin()) / ovf.components);
    throw InputError(fmt::format("{}: has {:g} in its cell ({}, {}), expected a finite number", name, *bad,
                                 cell % ovf.mesh.nx, cell / ovf.mesh.nx));
  }
  return {.name = name, .mesh = ovf.mesh, .components = ovf.components, .values = std::move(ovf.values)};
}

}  // namespace spinsweep::device
