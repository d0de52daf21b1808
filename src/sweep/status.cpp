#include "sweep/status.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/case_status.hpp"
#include "store/identity.hpp"
#include "store/results_file.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

std::string describe_status(const std::string& results_file) {
  const auto file = store::ResultsFile::open_for_reading(results_file);
  store::require_spinsweep_file(file, schema_revision);
  std::string text;
  for (const std::string group : {"neuron", "synapse", "network"}) {
    if (!file.exists("/" + group)) {
      continue;
    }
    const auto status = file.read<std::int8_t>("/" + group + "/status");
    const auto count = [&](store::CaseStatus wanted) {
      return std::count(status.begin(), status.end(), static_cast<std::int8_t>(wanted));
    };
    text += fmt::format("{:<8} {:>6} done {:>6} running {:>6} failed {:>6} waiting\n", group,
                        count(store::CaseStatus::done), count(store::CaseStatus::running),
                        count(store::CaseStatus::failed), count(store::CaseStatus::waiting));
    for (std::size_t k = 0; group != "network" && k < status.size(); ++k) {
      if (status[k] == static_cast<std::int8_t>(store::CaseStatus::failed)) {
        text += fmt::format("  {} case {} failed: {}\n", group, k, file.read_text("/" + group + "/message", k));
      }
    }
  }
  return text;
}

}  // namespace spinsweep::sweep
