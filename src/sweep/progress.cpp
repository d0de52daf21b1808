#include "sweep/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "base/terminal.hpp"

namespace spinsweep::sweep {

namespace {

bool first_rank_writes_to_terminal(const parallel::Communicator& communicator) {
  int terminal = communicator.rank() == 0 && log_ends_on_terminal() ? 1 : 0;
  MPI_Bcast(&terminal, 1, MPI_INT, 0, communicator.get());
  return terminal == 1;
}

}  // namespace

Progress::Progress(std::string stage, const Workload& workload, const parallel::Communicator& communicator)
    : stage_(std::move(stage)),
      workload_(workload),
      pieces_done_(communicator),
      cost_done_(communicator),
      ranks_(communicator.size()),
      is_first_(communicator.rank() == 0),
      terminal_(first_rank_writes_to_terminal(communicator)) {}

void Progress::begin() const {
  if (terminal_ && is_first_ && workload_.pieces > 0) {
    draw(0, workload_.cost / ranks_ + workload_.seconds_afterwards);
  }
}

void Progress::finished(const std::string& text, double cost) {
  advance(text, cost, false);
}

void Progress::failed(const std::string& text, double cost) {
  advance(text, cost, true);
}

void Progress::advance(const std::string& text, double cost, bool failure) {
  const auto share = static_cast<std::int64_t>(std::llround(cost * 1e6));
  const double cost_done = static_cast<double>(cost_done_.add(share) + share) * 1e-6;
  const auto done = static_cast<std::size_t>(pieces_done_.add(1)) + 1;
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double left = cost_done > 0.0 ? elapsed * std::max(0.0, workload_.cost - cost_done) / cost_done : 0.0;
  const double seconds_left = (done < workload_.pieces ? left : 0.0) + workload_.seconds_afterwards;
  if (!terminal_) {
    const std::string rest = seconds_left > 0.0 ? ", " + duration(seconds_left) + " left" : "";
    fmt::print(stderr, "{} {}/{}{}: {}\n", stage_, done, workload_.pieces, rest, text);
    return;
  }
  if (failure) {
    fmt::print(stderr, "\r\033[K{}: {}\n", stage_, text);
  }
  draw(done, seconds_left);
}

void Progress::draw(std::size_t pieces_done, double seconds_left) const {
  constexpr std::size_t width = 30;
  // A bisection may fail more of its cases than were to be done.
  const bool finished = pieces_done >= workload_.pieces;
  const std::size_t filled = finished ? width : width * pieces_done / workload_.pieces;
  // In one call, so that the lines of two ranks do not mix; back at its beginning, so that what is logged replaces it.
  fmt::print(stderr, "\r\033[K[{}{}] {} {}/{}{}{}", std::string(filled, '#'), std::string(width - filled, '.'), stage_,
             pieces_done, workload_.pieces, seconds_left > 0.0 ? ", " + duration(seconds_left) + " left" : "",
             finished ? "\n" : "\r");
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
