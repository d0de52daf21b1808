#include "sweep/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace spinsweep::sweep {

Progress::Progress(std::string stage, std::size_t total, const parallel::Communicator& communicator)
    : stage_(std::move(stage)), total_(total), count_(communicator), terminal_(isatty(STDERR_FILENO) == 1) {}

void Progress::finished(const std::string& text) {
  advance(text, false);
}

void Progress::failed(const std::string& text) {
  advance(text, true);
}

void Progress::advance(const std::string& text, bool failure) {
  const auto done = static_cast<std::size_t>(count_.next()) + 1;
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const auto left = static_cast<double>(total_ - done);
  const std::string rest = left > 0.0 ? ", " + duration(elapsed * left / static_cast<double>(done)) + " left" : "";
  const std::string count = fmt::format("{} {}/{}{}", stage_, done, total_, rest);
  if (!terminal_) {
    fmt::print(stderr, "{}: {}\n", count, text);
    return;
  }
  constexpr std::size_t width = 30;
  const std::size_t filled = width * done / total_;
  if (failure) {
    fmt::print(stderr, "\r\033[K{}: {}\n", stage_, text);
  }
  fmt::print(stderr, "\r\033[K[{}{}] {}{}", std::string(filled, '#'), std::string(width - filled, '.'), count,
             done == total_ ? "\n" : "");
  std::fflush(stderr);
}

std::string duration(double seconds) {
  if (seconds < 9.95) {
    return fmt::format("{:.1f} s", seconds);
  }
  if (seconds < 90.0) {
    return fmt::format("{:.0f} s", seconds);
  }
  return seconds < 5400.0 ? fmt::format("{:.0f} min", seconds / 60.0) : fmt::format("{:.1f} h", seconds / 3600.0);
}

}  // namespace spinsweep::sweep
