#include "layout/results_schema.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>
#include <iterator>

#include "base/version.hpp"
#include "characterization/variant_table.hpp"
#include "layout/later_stages.hpp"
#include "simulation/case_table.hpp"
#include "training/network_table.hpp"
#include "training/weights_table.hpp"  // which adds to /network

namespace spinsweep::layout {

const results::Table& results_table() {
  static const auto table = [] {
    results::Table groups = {&simulation::case_table::group, &characterization::variant_table::group};
    std::ranges::transform(later_stages(), std::back_inserter(groups), &LaterStage::group);
    groups.insert(groups.end(), {&training::network_table::group, &training::baseline_table::group});
    return groups;
  }();
  return table;
}

store::Schema results_schema(const study::Study& study, const std::vector<network::DataSetShape>& data_sets,
                             int cases_at_once) {
  store::Schema schema = results::layout_of(results_table(), study, data_sets, cases_at_once).schema;
  schema.program_version = program_version();
  schema.attributes = {{"git_revision", git_revision()},
                       {"instruction_set", instruction_set()},
                       {"sweep", study.text},
                       {"created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))}};
  return schema;
}

}  // namespace spinsweep::layout
