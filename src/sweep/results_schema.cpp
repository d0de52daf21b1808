#include "sweep/results_schema.hpp"

#include <fmt/chrono.h>

#include <ctime>

#include "sweep/case_table.hpp"
#include "sweep/later_stages.hpp"
#include "sweep/network_table.hpp"
#include "sweep/variant_table.hpp"

namespace spinsweep::sweep {

const results::Table& results_table() {
  static const results::Table table = [] {
    results::Table groups = {&case_table::group, &variant_table::group};
    for (const LaterStage& stage : later_stages()) {
      groups.push_back(stage.group);
    }
    groups.insert(groups.end(), {&network_table::group, &baseline_table::group});
    return groups;
  }();
  return table;
}

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

store::Schema results_schema(const study::Study& study, const std::vector<network::DataSetShape>& data_sets,
                             int cases_at_once) {
  store::Schema schema = results::layout_of(results_table(), study, data_sets, cases_at_once).schema;
  schema.program_version = SPINSWEEP_VERSION;
  schema.attributes = {{"git_revision", git_revision()},
                       {"sweep", study.text},
                       {"created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))}};
  return schema;
}

}  // namespace spinsweep::sweep
