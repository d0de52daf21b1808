#include "base/output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>

#include "base/error.hpp"

namespace spinsweep {

namespace {

/// Bytes that can be written without waiting to a pipe that poll() reports as writable.
constexpr std::size_t at_once = 4096;

/// Returns what is left of the text, empty if all was written; errno says why otherwise.
std::string_view write_to(int stream, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(stream, text.data(), std::min(text.size(), at_once));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      break;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return text;
}

bool takes_more(int stream) noexcept {
  constexpr int milliseconds = 100;
  pollfd request = {stream, POLLOUT, 0};
  return ::poll(&request, 1, milliseconds) == 1 && (request.revents & POLLOUT) != 0;
}

}  // namespace

void prepare_standard_streams() noexcept {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF) {
      // Opened the other way round, so that using the stream still fails. The lowest free number is that of the stream.
      ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

void survive_broken_pipes() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
}

void show(std::string_view text) noexcept {
  while (!text.empty() && takes_more(STDERR_FILENO)) {
    const std::string_view part = text.substr(0, at_once);
    if (!write_to(STDERR_FILENO, part).empty()) {
      return;
    }
    text.remove_prefix(part.size());
  }
}

void print_result(std::string_view text) {
  if (!write_to(STDOUT_FILENO, text).empty()) {
    throw EnvironmentError("stdout: the result cannot be written: " + std::generic_category().message(errno));
  }
}

}  // namespace spinsweep
