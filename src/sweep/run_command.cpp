#include "sweep/run_command.hpp"

#include <fmt/format.h>

namespace spinsweep::sweep {

namespace {

/// The word as a shell reads it, in single quotes if it has anything but harmless characters.
std::string quoted(const std::string& word) {
  constexpr const char* harmless = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-+=:,@%";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) {
    return word;
  }
  std::string text = "'";
  for (const char c : word) {
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return text + "'";
}

}  // namespace

std::string command_of(const RunRequest& request) {
  std::string command = fmt::format("spinsweep run {} -o {}", quoted(request.sweep_file), quoted(request.results_file));
  for (const std::string& setting : request.overrides) {
    command += " --set " + quoted(setting);
  }
  if (request.stage != Stage::all) {
    command += request.stage == Stage::device ? " --stage device" : " --stage network";
  }
  if (request.part.count > 1) {
    command += fmt::format(" --part {}/{}", request.part.index, request.part.count);
  }
  if (!request.reuse_file.empty()) {
    command += " --reuse " + quoted(request.reuse_file);
  }
  return command;
}

}  // namespace spinsweep::sweep
