#include "engine/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/duration.hpp"
#include "base/output.hpp"
#include "base/terminal.hpp"
#include "engine/time_left.hpp"
#include "parallel/on_root.hpp"

namespace spinsweep::engine {

namespace {

constexpr double microseconds = 1e6;

std::int64_t to_microseconds(double seconds) {
  return std::llround(seconds * microseconds);
}

}  // namespace

Progress::Progress(std::string stage, const WorkAhead& ahead, const parallel::Communicator& communicator)
    : stage_(std::move(stage)),
      ahead_(ahead),
      shared_(communicator, numbers),
      is_first_(communicator.rank() == 0),
      terminal_(parallel::of_root(communicator, log_ends_on_terminal)) {}

void Progress::begin() const {
  if (terminal_ && is_first_ && ahead_.pieces > 0) {
    draw(0, "");
  }
}

void Progress::count(double cost, std::optional<double> seconds) {
  shared_.add(cost_done, to_microseconds(cost));
  if (seconds) {
    shared_.add(cost_measured, to_microseconds(cost));
    shared_.add(seconds_measured, to_microseconds(*seconds));
  }
}

void Progress::report_done(const std::string& text, double cost, std::optional<double> seconds) {
  advance(text, cost, seconds, false);
}

void Progress::report_failed(const std::string& text, double cost) {
  advance(text, cost, std::nullopt, true);
}

void Progress::advance(const std::string& text, double cost, std::optional<double> seconds, bool failure) {
  count(cost, seconds);
  const auto done = static_cast<std::size_t>(shared_.add(pieces_done, 1)) + 1;
  const std::string rest = time_left_text(done);
  if (!terminal_) {
    show(fmt::format("{} {}/{}{}: {}\n", stage_, done, ahead_.pieces, rest, text));
    return;
  }
  if (failure) {
    show(fmt::format("\r\033[K{}: {}\n", stage_, text));
  }
  draw(done, rest);
}

std::string Progress::time_left_text(std::size_t done) {
  const auto all = shared_.all();
  const auto seconds = [&all](Number number) { return static_cast<double>(all[number]) / microseconds; };
  const double cost_left = done < ahead_.pieces ? std::max(0.0, ahead_.cost - seconds(cost_done)) : 0.0;
  const auto left = time_left({cost_left, seconds(cost_measured), seconds(seconds_measured)}, ahead_.groups);
  const double whole = left ? *left + ahead_.seconds_afterwards : 0.0;
  return whole > 0.0 ? ", " + duration(whole) + " left" : "";
}

void Progress::draw(std::size_t done, const std::string& rest) const {
  constexpr std::size_t width = 30;
  // A bisection may fail more of its cases than were to be done.
  const bool finished = done >= ahead_.pieces;
  const std::size_t filled = finished ? width : width * done / ahead_.pieces;
  // In one call, so that the lines of two ranks do not mix; back at its beginning, so that what is logged replaces it.
  show(fmt::format("\r\033[K[{}{}] {} {}/{}{}{}", std::string(filled, '#'), std::string(width - filled, '.'), stage_,
                   done, ahead_.pieces, rest, finished ? "\n" : "\r"));
}

}  // namespace spinsweep::engine
