#include "status/chance_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.hpp"

namespace spinsweep::status {

void ChanceWarnings::add(std::string_view deployment, std::string_view dataset, const std::string& synapse) {
  const std::string what = fmt::format("{} on {}", deployment, dataset);
  auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& known) { return known.what == what; });
  if (group == groups_.end()) {
    group = groups_.insert(group, Group{what, {}});
  }
  group->synapses.push_back(synapse);
}

std::string ChanceWarnings::text(std::size_t synapses) const {
  constexpr std::size_t most_named = 3;
  std::string text;
  for (const Group& group : groups_) {
    const std::size_t count = group.synapses.size();
    text += fmt::format("warning: {} is no better than guessing with {} of {}:\n", group.what, count,
                        counted(synapses, "synapse"));
    // Naming one more is as short as "and 1 more".
    const std::size_t named = count <= most_named + 1 ? count : most_named;
    for (std::size_t k = 0; k < named; ++k) {
      text += fmt::format("  {}\n", group.synapses[k]);
    }
    if (named < count) {
      text += fmt::format("  and {} more (/network/test_accuracy has them all)\n", count - named);
    }
  }
  return text;
}

}  // namespace spinsweep::status
