#include "training/weights_table.hpp"

#include <algorithm>

#include "network/deployments.hpp"
#include "network/method.hpp"

namespace spinsweep::training::weights_table {

namespace {

template <class Holds>
bool any_mapping(const LayoutInput& input, Holds&& holds) {
  return std::ranges::any_of(input.study.network.deployments, [&](const network::Deployment& deployment) {
    const auto rule = network::method_of(deployment).placement_rule(deployment);
    return rule && holds(rule->mapping);
  });
}

}  // namespace

bool stores_weights(const LayoutInput& input) {
  return !input.study.network.store_weights.empty();
}

std::uint64_t channel_count(const LayoutInput& input) {
  if (!any_mapping(input, [](const network::Mapping& mapping) { return mapping.per_channel; })) {
    return 1;
  }
  const auto& hidden = input.study.network.hidden;
  const std::uint64_t widest = hidden.empty() ? 0 : static_cast<std::uint64_t>(std::ranges::max(hidden));
  return std::max(widest, network_table::class_count_of_largest(input));
}

std::uint64_t largest_code_count(const LayoutInput& input) {
  const std::uint64_t levels = characterization::variant_table::largest_level_count(input);
  const bool pairs = any_mapping(input, [](const network::Mapping& mapping) { return mapping.differential_pair; });
  return pairs ? levels * (levels - 1) + 1 : levels;
}

}  // namespace spinsweep::training::weights_table
