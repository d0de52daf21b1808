#include "study/resolved_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "study/deployments.hpp"
#include "study/parameter.hpp"
#include "study/sections.hpp"
#include "study/stage_section.hpp"

namespace spinsweep::study {

namespace {

/// The lines of the keys that are given; `name` of those that stand elsewhere is empty.
template <class Target, class Name>
void add_keys(const std::vector<keys::Key<Target>>& keys, const Target& target, const Name& name, std::string& text) {
  for (const auto& key : keys) {
    const std::string name_here = name(key);
    if (!name_here.empty() && key.is_given(target)) {
      text += fmt::format("{} = {}\n", name_here, toml_value(key.value(target)));
    }
  }
}

template <class Target>
void add_keys(const std::vector<keys::Key<Target>>& keys, const Target& target, std::string& text) {
  add_keys(
      keys, target, [](const auto& key) { return key.path; }, text);
}

void add_shared_section(const std::string& section, const device::DeviceParameters& parameters, std::string& text) {
  text += fmt::format("\n[{}]\n", section);
  const auto name = [&](const Parameter& key) {
    return shared_section(key.path) == section ? key.path.substr(section.size() + 1) : std::string();
  };
  add_keys(device_keys(), parameters, name, text);
}

/// `shared`: what [material] says. Only a device of another material has it in its own section.
void add_device(const DevicePlan& plan, const device::DeviceParameters& shared, std::string& text) {
  text += fmt::format("\n[{}]\n", plan.base.kind->name);
  const auto name = [&](const Parameter& key) {
    const bool differs = shared_section(key.path) == "material" && key.value(plan.base) != key.value(shared);
    const bool is_own = shared_section(key.path).empty() && plan.base.kind->has_keys_for(key.only_for);
    return is_own || differs ? key.path : std::string();
  };
  add_keys(device_keys(), plan.base, name, text);
  if (!plan.axes.empty()) {
    text += fmt::format("\n[{}.sweep]\n{}", plan.base.kind->name, plan.sweep_text);
  }
}

/// Whether a line of the file says how the study is run: "[study] name = ...".
bool is_of_the_run(const std::string& line) {
  return std::any_of(section_keys().begin(), section_keys().end(), [&](const SectionKey& key) {
    return key.key->role == keys::Role::run && line.starts_with(fmt::format("[{}] {} =", key.section, key.name));
  });
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
  std::erase_if(lines, is_of_the_run);
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

std::string toml_list(const Parameter& parameter, const std::vector<double>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  std::transform(values.begin(), values.end(), std::back_inserter(texts), [&](double value) {
    return parameter.is_choice() ? toml_text(value_text(parameter, value)) : toml_number(value);
  });
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string toml_value(const keys::Value& value) {
  struct Writer {
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(std::int64_t held) const { return fmt::format("{}", held); }
    std::string operator()(double held) const { return toml_number(held); }
    std::string operator()(const std::string& held) const { return toml_text(held); }
    std::string operator()(const std::vector<std::int64_t>& held) const {
      return fmt::format("[{}]", fmt::join(held, ", "));
    }
    std::string operator()(const std::vector<std::string>& held) const {
      std::vector<std::string> quoted;
      std::transform(held.begin(), held.end(), std::back_inserter(quoted), toml_text);
      return fmt::format("[{}]", fmt::join(quoted, ", "));
    }
    std::string operator()(const std::vector<keys::Row>& held) const {
      std::vector<std::string> tables;
      for (const keys::Row& row : held) {
        std::vector<std::string> cells;
        for (const auto& [name, cell] : row) {
          cells.push_back(fmt::format("{} = {}", name, std::visit(*this, cell)));
        }
        tables.push_back(fmt::format("{{ {} }}", fmt::join(cells, ", ")));
      }
      return fmt::format("[{}]", fmt::join(tables, ", "));
    }
  };
  return std::visit(Writer(), value);
}

std::string resolved_text(const Study& study) {
  std::string text = "[study]\n";
  add_keys(keys::keys_of<Study>(), study, text);
  if (study.devices.empty()) {
    text += "\n[solver]\n";
  } else {
    add_shared_section("material", study.devices.front().base, text);
    add_shared_section("solver", study.devices.front().base, text);
  }
  add_keys(keys::keys_of<RunSettings>(), study.run, text);
  for (const DevicePlan& plan : study.devices) {
    add_device(plan, study.devices.front().base, text);
  }
  if (study.has_network) {
    text += "\n[network]\n";
    add_keys(keys::keys_of<network::NetworkSettings>(), study.network, text);
    text += deployments_text(study.network);
  }
  for (const StageSection& section : stage_sections()) {
    if (const auto settings = study.stages.find(section.name); settings != study.stages.end()) {
      text += fmt::format("\n[{}]\n", section.name);
      add_keys(section.keys, settings->second, text);
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
