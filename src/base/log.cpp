#include "base/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>

#include <cstdlib>
#include <memory>

namespace spinsweep {

void set_up_log(bool speaks) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool plain = no_color != nullptr && *no_color != '\0';
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>(plain ? spdlog::color_mode::never
                                                                          : spdlog::color_mode::automatic);
  auto logger = std::make_shared<spdlog::logger>("spinsweep", std::move(sink));
  logger->set_pattern("%H:%M:%S %^%l%$ %v");
  logger->set_level(speaks ? spdlog::level::info : spdlog::level::err);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace spinsweep
