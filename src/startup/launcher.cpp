#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "startup/exit_code.hpp"
#include "startup/instruction_set.hpp"

/// bin/spinsweep of an installation for every x86-64 processor: replaces itself by the program for the best instruction
/// set that the processor has, libexec/spinsweep/x86-64-v3/spinsweep for instance.
namespace {

namespace fs = std::filesystem;
using spinsweep::instruction_sets;

/// Errors: std::runtime_error if SPINSWEEP_ISA asks for a level that does not exist or the processor lacks.
std::size_t highest_allowed_level() {
  const std::size_t processor = spinsweep::processor_instruction_set().value_or(0);
  const char* const pinned = std::getenv("SPINSWEEP_ISA");
  if (pinned == nullptr || *pinned == '\0') {
    return processor;
  }
  const auto* const level = std::find(instruction_sets.begin(), instruction_sets.end(), pinned);
  if (level == instruction_sets.end()) {
    throw std::runtime_error("SPINSWEEP_ISA=" + std::string(pinned) +
                             ": expected x86-64, x86-64-v2, x86-64-v3 or x86-64-v4");
  }
  const auto index = static_cast<std::size_t>(level - instruction_sets.begin());
  if (index > processor) {
    throw std::runtime_error("SPINSWEEP_ISA=" + std::string(pinned) + ": this processor has only " +
                             std::string(instruction_sets.at(processor)));
  }
  return index;
}

/// The program in `folder` for the highest installed level up to that one; a pinned level must be installed itself.
fs::path find_program(const fs::path& folder, std::size_t highest) {
  const bool pinned = std::getenv("SPINSWEEP_ISA") != nullptr;
  for (std::size_t level = highest + 1; level-- > 0;) {
    fs::path program = folder / instruction_sets.at(level) / "spinsweep";
    if (fs::exists(program)) {
      return program;
    }
    if (pinned) {
      break;
    }
  }
  throw std::runtime_error("no program for " + std::string(instruction_sets.at(highest)) + " in " + folder.string());
}

}  // namespace

int main(int /*argc*/, char** argv) {
  try {
    const fs::path launcher = fs::read_symlink("/proc/self/exe");
    const fs::path folder = launcher.parent_path().parent_path() / "libexec/spinsweep";
    const fs::path program = find_program(folder, highest_allowed_level());
    // Batch scripts name the launcher, since the nodes they run on may have other processors.
    setenv("SPINSWEEP_LAUNCHER", launcher.c_str(), 1);
    execv(program.c_str(), argv);
    throw std::runtime_error(program.string() + ": " + std::strerror(errno));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "spinsweep: %s\n", error.what());
    return spinsweep::broken_environment;
  }
}
