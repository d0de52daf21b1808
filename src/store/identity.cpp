#include "store/identity.hpp"

#include <string>

#include "base/error.hpp"

namespace spinsweep::store {

void require_spinsweep_file(const ResultsFile& file, std::int64_t revision) {
  for (const char* name : {"spinsweep_version", "spinsweep_schema"}) {
    if (!file.has_attribute("/", name)) {
      throw EnvironmentError(file.path().string() + ": not a spinsweep results file (attribute " + name +
                             " is missing)");
    }
  }
  const auto found = static_cast<std::int64_t>(file.number_attribute("/", "spinsweep_schema").front());
  if (found != revision) {
    throw EnvironmentError(file.path().string() + ": its layout is number " + std::to_string(found) +
                           ", this program knows number " + std::to_string(revision) +
                           " (the file was made by spinsweep " + file.text_attribute("/", "spinsweep_version") + ")");
  }
}

}  // namespace spinsweep::store
