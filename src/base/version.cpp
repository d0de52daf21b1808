#include "base/version.hpp"

namespace spinsweep {

std::string program_version() {
  return SPINSWEEP_VERSION;
}

std::string git_revision() {
  return SPINSWEEP_GIT_REVISION;
}

}  // namespace spinsweep
