#include "characterization/variant_table.hpp"

#include <algorithm>

#include "results/swept_axes.hpp"
#include "study/study.hpp"

namespace spinsweep::characterization::variant_table {

std::uint64_t largest_level_count(const LayoutInput& input) {
  const study::DevicePlan& plan = input.study.synapse;
  std::size_t most = 2;
  for (const auto& cases_of_variant : variants(plan)) {
    const auto notches = static_cast<std::size_t>(plan.cases[cases_of_variant.cases.front()].notches.count);
    most = std::max({most, cases_of_variant.cases.size(), notches + 2});
  }
  return most;
}

std::vector<results::Description> swept_axes(const LayoutInput& input) {
  std::vector<results::Description> axes;
  if (has_synapse(input)) {
    axes = results::axes_of_variants(input.study.synapse, variant, "");
  }
  if (has_neuron(input)) {
    auto more = results::axes_of_variants(input.study.neuron, neuron, "neuron_");
    axes.insert(axes.end(), more.begin(), more.end());
  }
  return axes;
}

bool has_synapse(const LayoutInput& input) {
  return !input.study.synapse.cases.empty();
}

bool has_neuron(const LayoutInput& input) {
  return !input.study.neuron.cases.empty();
}

bool has_bisection(const LayoutInput& input) {
  return has_synapse(input) && input.study.synapse.bisection.exists();
}

}  // namespace spinsweep::characterization::variant_table
