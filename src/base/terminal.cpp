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

bool was_started_by_mpirun(const std::string& parent) {
  std::ifstream file(parent + "/comm");
  std::string name;
  std::getline(file, name);
  return name == "mpirun" || name == "mpiexec" || name == "orterun" || name == "prterun";
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
  const std::string parent = "/proc/" + std::to_string(getppid());
  if (!was_started_by_mpirun(parent)) {
    return false;
  }
  std::error_code unreadable;
  const std::string target = std::filesystem::read_symlink(parent + "/fd/2", unreadable).string();
  return target.starts_with("/dev/pts/") || target.starts_with("/dev/tty");
}

}  // namespace spinsweep
