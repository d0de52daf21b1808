#include "retention/mirror_image.hpp"

#include <algorithm>
#include <cmath>

#include "base/philox.hpp"
#include "micromagnetics/effective_field.hpp"

namespace spinsweep::retention {

using micromagnetics::FieldLayout;

namespace {

/// Unit vectors in random directions, zero where the film is not magnetic.
std::vector<double> random_magnetization(const micromagnetics::LlgsSystem& system) {
  const FieldLayout& layout = system.layout();
  const std::size_t size = layout.component_size();
  std::vector<double> m(layout.size(), 0.0);
  for (int j = 0; j < layout.ny(); ++j) {
    for (int i = 0; i < layout.nx(); ++i) {
      const auto cell = static_cast<std::uint32_t>(j * layout.nx() + i);
      const auto random = philox_4x32_10({cell, 0, 0, 0}, 1);
      const auto component = [&](std::size_t k) { return static_cast<double>(random[k]) * 0x1p-31 - 1.0; };
      const double length = std::hypot(component(0), component(1), component(2));
      for (std::size_t k = 0; k < 3; ++k) {
        m[layout.index(i, j) + k * size] = system.mask()[cell] * component(k) / length;
      }
    }
  }
  return m;
}

}  // namespace

std::vector<double> mirror_image(const FieldLayout& layout, std::span<const double> m) {
  const std::size_t size = layout.component_size();
  std::vector<double> image(m.size(), 0.0);
  for (int j = 0; j < layout.ny(); ++j) {
    for (int i = 0; i < layout.nx(); ++i) {
      const std::size_t from = layout.index(layout.nx() - 1 - i, j);
      const std::size_t to = layout.index(i, j);
      image[to] = m[from];
      image[to + size] = -m[from + size];
      image[to + 2 * size] = -m[from + 2 * size];
    }
  }
  return image;
}

micromagnetics::MinimumEnergyPath mirror_image(const FieldLayout& layout,
                                               const micromagnetics::MinimumEnergyPath& path) {
  micromagnetics::MinimumEnergyPath mirrored = path;
  std::ranges::reverse(mirrored.images);
  std::ranges::reverse(mirrored.energies);
  for (std::vector<double>& image : mirrored.images) {
    image = mirror_image(layout, image);
  }
  mirrored.saddle = mirror_image(layout, path.saddle);
  return mirrored;
}

bool is_mirror_symmetric(micromagnetics::LlgsSystem& system) {
  const FieldLayout& layout = system.layout();
  const std::vector<double> m = random_magnetization(system);
  std::vector<double> field(layout.size());
  std::vector<double> field_of_image(layout.size());
  (void)effective_field(system, m, field);
  (void)effective_field(system, mirror_image(layout, m), field_of_image);
  const double rounding = 1e-9 * curvature_bound(system);
  return std::ranges::equal(mirror_image(layout, field), field_of_image,
                            [rounding](double a, double b) { return std::abs(a - b) <= rounding; });
}

}  // namespace spinsweep::retention
