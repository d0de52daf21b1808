#include "characterization/variant_table.hpp"

#include <algorithm>

#include "device/track_geometry.hpp"
#include "results/swept_axes.hpp"
#include "study/study.hpp"

namespace spinsweep::characterization::variant_table {

std::uint64_t largest_level_count(const LayoutInput& input) {
  const study::DevicePlan& plan = input.study.weights();
  std::size_t most = 2;
  for (const auto& cases_of_variant : variants(plan)) {
    const auto& p = plan.cases[cases_of_variant.cases.front()];
    const std::size_t notches = device::notch_sites(p.track, p.notches).size();
    most = std::max({most, cases_of_variant.cases.size(), notches + 2});
  }
  return most;
}

std::vector<results::Description> swept_axes(const LayoutInput& input) {
  auto axes = results::axes_of_variants(input.study.weights(), variant, "");
  const auto more = results::axes_of_variants(input.study.neurons(), neuron, "neuron_");
  axes.insert(axes.end(), more.begin(), more.end());
  return axes;
}

}  // namespace spinsweep::characterization::variant_table
