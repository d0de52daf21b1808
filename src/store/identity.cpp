#include "store/identity.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/error.hpp"

namespace spinsweep::store {

void require_spinsweep_file(const ResultsFile& file, std::int64_t revision) {
  for (const char* name : {"spinsweep_version", "spinsweep_schema"}) {
    if (!file.has_attribute("/", name)) {
      throw EnvironmentError(file.path().string() + ": not a spinsweep results file (attribute " + name +
                             " is missing)");
    }
  }
  const std::vector<double> found = file.number_attribute("/", "spinsweep_schema");
  if (found != std::vector<double>{static_cast<double>(revision)}) {
    throw EnvironmentError(file.path().string() + ": its layout is number " +
                           (found.size() == 1 ? fmt::format("{}", found.front()) : "unknown") +
                           ", this program knows number " + std::to_string(revision) +
                           " (the file was made by spinsweep " + file.text_attribute("/", "spinsweep_version") + ")");
  }
}

}  // namespace spinsweep::store
