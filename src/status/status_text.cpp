#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/duration.hpp"
#include "status/status_report.hpp"

namespace spinsweep::status {

namespace {

nlohmann::json to_object(const ReportedCase& reported) {
  nlohmann::json object = {{"index", reported.index}, {"name", reported.name}, {"wall_time", reported.wall_time}};
  if (!reported.message.empty()) {
    object["message"] = reported.message;
  }
  return object;
}

nlohmann::json to_list(const std::vector<ReportedCase>& cases) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& reported : cases) {
    list.push_back(to_object(reported));
  }
  return list;
}

void add_cases(const StageReport& stage, std::string& text) {
  constexpr std::size_t most_failures = 20;
  for (std::size_t k = 0; k < stage.failures.size() && k < most_failures; ++k) {
    text += fmt::format("  failed: {} {}\n    {}\n", stage.name, stage.failures[k].name, stage.failures[k].message);
  }
  if (stage.failures.size() > most_failures) {
    text += fmt::format("  ... and {} more; --json lists all\n", stage.failures.size() - most_failures);
  }
  for (const auto& slow : stage.slowest) {
    text += fmt::format("  took {:>7}: {} {}\n", duration(slow.wall_time), stage.name, slow.name);
  }
}

}  // namespace

std::string to_text(const StatusReport& report) {
  std::string text =
      fmt::format("{}: {}\n", report.file, report.being_written ? "a run is writing to it" : "no run is writing to it");
  std::size_t width = 8;
  for (const auto& stage : report.stages) {
    width = std::max(width, stage.name.size());
  }
  text += fmt::format("{:<{}}{:>9}{:>9}{:>9}{:>9}{:>13}\n", "stage", width, "done", "running", "failed", "waiting",
                      "interrupted");
  double left = 0.0;
  for (const auto& stage : report.stages) {
    text += fmt::format("{:<{}}{:>9}{:>9}{:>9}{:>9}{:>13}\n", stage.name, width, stage.done, stage.running,
                        stage.failed, stage.waiting, stage.interrupted);
    left += stage.core_seconds_left;
  }
  if (left > 0.0) {
    text += fmt::format("{} of computing time left", duration(left));
    const double seconds_left = report.seconds_left().value_or(0.0);
    text += seconds_left > 0.0 ? fmt::format(", done in about {}\n", duration(seconds_left)) : "\n";
  }
  for (const auto& stage : report.stages) {
    add_cases(stage, text);
  }
  return text;
}

std::string to_json(const StatusReport& report) {
  nlohmann::json stages = nlohmann::json::object();
  for (const auto& stage : report.stages) {
    stages[stage.name] = {{"done", stage.done},
                          {"running", stage.running},
                          {"failed", stage.failed},
                          {"waiting", stage.waiting},
                          {"interrupted", stage.interrupted},
                          {"core_seconds_left", stage.core_seconds_left},
                          {"failures", to_list(stage.failures)},
                          {"slowest", to_list(stage.slowest)}};
  }
  const auto seconds_left = report.seconds_left();
  const nlohmann::json object = {{"file", report.file},
                                 {"being_written", report.being_written},
                                 {"seconds_left", seconds_left ? nlohmann::json(*seconds_left) : nlohmann::json()},
                                 {"stages", stages}};
  return object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace spinsweep::status
