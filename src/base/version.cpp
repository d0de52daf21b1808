#include "base/version.hpp"

#include "startup/instruction_set.hpp"

namespace spinsweep {

std::string program_version() {
  return SPINSWEEP_VERSION;
}

std::string git_revision() {
  return SPINSWEEP_GIT_REVISION;
}

std::string instruction_set() {
  const auto level = compiled_instruction_set();
  return level ? std::string(instruction_sets.at(*level)) : "";
}

std::string program_description() {
  std::string text = program_version();
  text += git_revision().empty() ? "" : " (" + git_revision() + ")";
  text += instruction_set().empty() ? "" : ", " + instruction_set();
  return text;
}

}  // namespace spinsweep
