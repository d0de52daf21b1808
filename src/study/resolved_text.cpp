#include "study/resolved_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <string_view>

#include "study/network_keys.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

constexpr std::array<std::string_view, 6> keys_of_the_run = {"[study] name",          "[device] checkpoint_interval",
                                                             "[device] time_limit",   "[device] ranks_per_case",
                                                             "[network] data_folder", "[network] ranks_per_model"};

void add_device(const DevicePlan& plan, const std::string& name, std::string& text) {
  if (plan.cases.empty()) {
    return;
  }
  text += fmt::format("\n[{}]\n", name);
  for (const auto& parameter : parameters()) {
    if (parameter.path.starts_with("material.") || find_parameter(plan.base.kind, parameter.path) == nullptr ||
        !parameter.given(plan.base)) {
      continue;
    }
    text += fmt::format("{} = {}\n", parameter.path, toml_number(parameter.get(plan.base)));
  }
  text += fmt::format("wall.relax = {}\n", plan.base.wall.relax);
  if (!plan.base.wall.file.empty()) {
    text += fmt::format("wall.file = {}\n", toml_text(plan.base.wall.file));
    if (!plan.base.wall.file_checksum.empty()) {
      text += fmt::format("wall.file_checksum = {}\n", toml_text(plan.base.wall.file_checksum));
    }
  }
  if (!plan.axes.empty()) {
    text += fmt::format("\n[{}.sweep]\n{}", name, plan.sweep_text);
  }
}

/// The lines that say something, each behind its section.
std::vector<std::string> statements(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  std::string section;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('[')) {
      section = line;
    } else if (!line.empty()) {
      lines.push_back(fmt::format("{} {}", section, line));
    }
  }
  std::erase_if(lines, [](const std::string& line) {
    return std::any_of(keys_of_the_run.begin(), keys_of_the_run.end(),
                       [&](std::string_view key) { return line.starts_with(std::string(key) + " ="); });
  });
  return lines;
}

}  // namespace

std::string toml_number(double value) {
  // "-0" is a whole number to TOML, which has no negative zero.
  return value == 0.0 ? "0" : fmt::format("{}", value);
}

std::string toml_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') {
      quoted += '\\';
      quoted += character;
    } else if (static_cast<unsigned char>(character) < 0x20U || character == 0x7f) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(character));
    } else {
      quoted += character;
    }
  }
  return quoted + '"';
}

std::string toml_list(const std::vector<double>& values) {
  std::vector<std::string> numbers;
  numbers.reserve(values.size());
  std::transform(values.begin(), values.end(), std::back_inserter(numbers), toml_number);
  return fmt::format("[{}]", fmt::join(numbers, ", "));
}

std::string resolved_text(const Study& study) {
  std::string text = fmt::format("[study]\nname = {}\nseed = {}\n", toml_text(study.name), study.seed);
  const DevicePlan& any = study.neuron.cases.empty() ? study.synapse : study.neuron;
  text += "\n[material]\n";
  for (const auto& parameter : parameters()) {
    if (parameter.path.starts_with("material.")) {
      text += fmt::format("{} = {}\n", parameter.path.substr(parameter.path.find('.') + 1),
                          toml_number(parameter.get(any.base)));
    }
  }
  text += fmt::format("\n[device]\ntolerance = {}\n", toml_number(any.base.tolerance));
  text += fmt::format("checkpoint_interval = {}\n", toml_number(study.run.checkpoint_interval));
  if (std::isfinite(study.run.time_limit)) {
    text += fmt::format("time_limit = {}\n", toml_number(study.run.time_limit));
  }
  text += fmt::format("ranks_per_case = {}\n", study.run.ranks_per_case);
  add_device(study.neuron, "neuron", text);
  add_device(study.synapse, "synapse", text);
  if (study.has_network) {
    text += "\n[network]\n";
    for (const auto& key : network_keys()) {
      text += fmt::format("{} = {}\n", key.name, key.write(study.network));
    }
  }
  return text;
}

Difference first_difference(const std::string& first, const std::string& second) {
  const auto a = statements(first);
  const auto b = statements(second);
  const auto longest = std::max(a.size(), b.size());
  for (std::size_t k = 0; k < longest; ++k) {
    const std::string in_a = k < a.size() ? a[k] : "nothing";
    const std::string in_b = k < b.size() ? b[k] : "nothing";
    if (in_a != in_b) {
      return {in_a, in_b};
    }
  }
  return {};
}

}  // namespace spinsweep::study
