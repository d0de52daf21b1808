#include "base/terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace spinsweep {

namespace {

std::string name_of(const std::string& process) {
  std::ifstream file(process + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

std::string parent_of(const std::string& process) {
  std::ifstream file(process + "/status");
  for (std::string word; file >> word;) {
    if (word == "PPid:") {
      file >> word;
      return "/proc/" + word;
    }
  }
  return {};
}

/// The mpirun that started this process, in /proc; nothing if there is none. MPICH's and Intel's have a process
/// "hydra_pmi_proxy" or alike in between; Debian's is called mpirun.openmpi or mpiexec.mpich where several are
/// installed.
std::string launcher() {
  std::string process = parent_of("/proc/self");
  while (name_of(process).starts_with("hydra_")) {
    process = parent_of(process);
  }
  const std::string name = name_of(process);
  for (const char* known : {"mpirun", "mpiexec", "orterun", "prterun"}) {
    if (name.starts_with(known)) {
      return process;
    }
  }
  return {};
}

}  // namespace

bool log_ends_on_terminal() {
  const char* kind = std::getenv("TERM");
  if (kind != nullptr && std::string_view(kind) == "dumb") {
    return false;
  }
  if (isatty(STDERR_FILENO) == 1) {
    return true;
  }
  const std::string mpirun = launcher();
  if (mpirun.empty()) {
    return false;
  }
  std::error_code unreadable;
  const std::string target = std::filesystem::read_symlink(mpirun + "/fd/2", unreadable).string();
  return target.starts_with("/dev/pts/") || target.starts_with("/dev/tty");
}

}  // namespace spinsweep
