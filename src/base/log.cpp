#include "base/log.hpp"

#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/output.hpp"

namespace spinsweep {

namespace {

std::string_view color_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::info:
      return "\033[32m";
    case spdlog::level::warn:
      return "\033[33m\033[1m";
    case spdlog::level::err:
      return "\033[31m\033[1m";
    default:
      return "\033[m";
  }
}

/// Shows what is logged. spdlog's own sinks wait for a pipe that nobody reads.
class Sink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit Sink(bool colored) : colored_(colored) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t formatted;
    formatter_->format(message, formatted);
    std::string line(formatted.data(), formatted.size());
    if (colored_ && message.color_range_end > message.color_range_start) {
      line.insert(message.color_range_end, "\033[m");
      line.insert(message.color_range_start, color_of(message.level));
    }
    show(line);
  }
  void flush_() override {}

 private:
  bool colored_;
};

}  // namespace

void set_up_log(bool speaks) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool plain = no_color != nullptr && *no_color != '\0';
  const char* terminal = std::getenv("TERM");
  const bool colored =
      !plain && terminal != nullptr && std::string_view(terminal) != "dumb" && isatty(STDERR_FILENO) == 1;
  auto logger = std::make_shared<spdlog::logger>("spinsweep", std::make_shared<Sink>(colored));
  logger->set_pattern("%H:%M:%S %^%l%$ %v");
  logger->set_level(speaks ? spdlog::level::info : spdlog::level::err);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace spinsweep
