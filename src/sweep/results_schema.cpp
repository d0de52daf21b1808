#include "sweep/results_schema.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>

#include "sweep/schema_parts.hpp"

namespace spinsweep::sweep {

std::vector<int> layer_sizes(const network::NetworkSettings& settings, const network::DataSetShape& data_set) {
  std::vector<int> sizes = {data_set.pixels};
  sizes.insert(sizes.end(), settings.hidden.begin(), settings.hidden.end());
  sizes.push_back(data_set.classes);
  return sizes;
}

network::Mlp<float> make_network(const network::NetworkSettings& settings, const network::DataSetShape& data_set,
                                 const std::vector<double>& activation) {
  return {layer_sizes(settings, data_set), network::Activation(activation)};
}

std::string git_revision() {
  return SPINSWEEP_GIT_REVISION;
}

std::size_t largest_level_count(const study::Study& study) {
  std::size_t most = 2;
  for (const auto& variant : variants(study.synapse)) {
    const auto& p = study.synapse.cases[variant.cases.front()];
    most = std::max({most, variant.cases.size(), static_cast<std::size_t>(p.notches.count) + 2});
  }
  return most;
}

store::Schema results_schema(const study::Study& study, const std::vector<network::DataSetShape>& data_sets,
                             int cases_at_once) {
  store::Schema schema{.revision = schema_revision, .program_version = SPINSWEEP_VERSION};
  schema.attributes = {{"git_revision", git_revision()},
                       {"sweep", study.text},
                       {"created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))}};
  for (const auto* plan : {&study.synapse, &study.neuron}) {
    if (!plan->cases.empty()) {
      schema.groups.push_back(device_group(*plan, plan->cases.front().kind, cases_at_once));
    }
  }
  schema.groups.push_back(variants_group(study));
  if (!study.has_network) {
    schema.groups.push_back(analysis_group(study, nullptr));
  } else {
    const store::Group network = network_group(study, data_sets, cases_at_once);
    schema.groups.push_back(analysis_group(study, &network));
    schema.groups.push_back(network);
    schema.groups.push_back(baseline_group(study, data_sets));
  }
  return schema;
}

}  // namespace spinsweep::sweep
