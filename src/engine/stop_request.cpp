#include "engine/stop_request.hpp"

#include "parallel/progress_messages.hpp"

namespace spinsweep::engine {

void StopRequest::raise() {
  raised_.add(0, 1);
  stop_ = true;
}

bool StopRequest::seen() {
  constexpr std::chrono::milliseconds between_looks(500);
  constexpr std::chrono::milliseconds between_answers(20);
  if (asked_() && !stop_) {
    raise();
  }
  const auto now = std::chrono::steady_clock::now();
  if (!stop_ && now - last_look_ > between_looks) {
    look();
  }
  if (now - last_answer_ > between_answers) {
    last_answer_ = now;
    parallel::progress_messages(communicator_);
  }
  return stop_;
}

bool StopRequest::seen_now() {
  look();
  return seen();
}

void StopRequest::look() {
  last_look_ = std::chrono::steady_clock::now();
  stop_ = raised_.get(0) > 0 || stop_;
}

}  // namespace spinsweep::engine
