#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "device/parameters.hpp"
#include "layout/later_stages.hpp"
#include "study/deployments.hpp"
#include "study/parameter.hpp"
#include "study/resolved_text.hpp"
#include "study/sections.hpp"
#include "study/stage_section.hpp"

/// The tables of keys in docs/ are made from the table of keys. To bring them up to date after a change:
/// SPINSWEEP_WRITE_DOCS=1 build/tests/study/sweep_file_documentation_test
namespace spinsweep::study {
namespace {

std::string accepted(const keys::Description& key) {
  if (!key.choices.empty()) {
    std::vector<std::string> names;
    std::transform(key.choices.begin(), key.choices.end(), std::back_inserter(names),
                   [](const auto& name) { return "`" + name + "`"; });
    return fmt::format("{}", fmt::join(names, ", "));
  }
  const bool is_number = key.is_numeric() || key.type == keys::Type::integers;
  if (!is_number || key.range.lowest == keys::any.lowest) {
    return key.type == keys::Type::boolean ? "`true`, `false`" : "";
  }
  if (key.range.highest == keys::any.highest) {
    return key.range.lowest == 0.0 ? "≥ 0" : "> 0";
  }
  return key.type == keys::Type::number ? fmt::format("{:g} to {:g}", key.range.lowest, key.range.highest)
                                        : fmt::format("{:.0f} to {:.0f}", key.range.lowest, key.range.highest);
}

std::string unit_of(const keys::Description& key) {
  return key.is_numeric() || key.type == keys::Type::integers ? key.unit : "";
}

template <class Target>
std::string default_of(const keys::Key<Target>& key, const Target& target) {
  if (!key.is_given(target)) {
    return key.follows.empty() ? "none" : key.follows;
  }
  return key.is_numeric() ? fmt::format("{:g}", key.get(target)) : "`" + toml_value(key.value(target)) + "`";
}

template <class Target>
std::string rows(const std::vector<keys::Key<Target>>& list, const Target& defaults, const std::string& section = "") {
  std::string text;
  for (const auto& key : list) {
    if (section.empty() || key.path.starts_with(section)) {
      text += fmt::format("| `{}` | {} | {} | {} | {} |\n", key.path.substr(section.size()), unit_of(key),
                          default_of(key, defaults), accepted(key), key.doc);
    }
  }
  return text;
}

const std::string head_of_section = "| key | unit | default | accepts | what it is |\n|---|---|---|---|---|\n";

std::string device_table() {
  std::string kinds;
  std::string rule;
  for (const device::Kind* kind : device::kinds()) {
    kinds += fmt::format(" {} |", kind->name);
    rule += "---|";
  }
  std::string text = fmt::format("| key | unit |{} accepts | what it is |\n|---|---|{}---|---|\n", kinds, rule);
  for (const auto& key : device_keys()) {
    if (shared_section(key.path) == "solver") {
      continue;
    }
    text += fmt::format("| `{}` | {} |", key.path, unit_of(key));
    for (const device::Kind* kind : device::kinds()) {
      text += fmt::format(" {} |", kind->has_keys_for(key.only_for) ? default_of(key, kind->defaults()) : "");
    }
    text += fmt::format(" {} | {} |\n", accepted(key), key.doc);
  }
  return text;
}

/// The table that stands between the marks of that name.
std::string table(const std::string& name) {
  if (name == "devices") {
    return device_table();
  }
  std::string text = head_of_section;
  if (name == "study") {
    text += rows(keys::keys_of<Study>(), Study{});
  } else if (name == "solver") {
    text +=
        rows(device_keys(), device::DeviceParameters{}, "solver.") + rows(keys::keys_of<RunSettings>(), RunSettings{});
  } else if (name == "deployment") {
    auto own = deployment_keys();
    std::erase_if(own, [](const auto& key) {
      return std::ranges::count(keys::keys_of<network::NetworkSettings>(), key.path, &keys::Description::path) > 0;
    });
    text += rows(own, DeploymentTable{});
  } else if (name == "measured_devices") {
    text += rows(keys::keys_of<network::MeasuredFile>(), network::MeasuredFile{});
  } else {
    text += rows(keys::keys_of<network::NetworkSettings>(), network::NetworkSettings{});
  }
  return text;
}

/// Expects that the file in docs/ has that table between the marks of that name, or writes it there.
void expect_table(const std::string& file, const std::string& name, const std::string& expected) {
  const std::string path = fmt::format("{}/{}", SPINSWEEP_DOCS, file);
  std::ostringstream stream;
  stream << std::ifstream(path).rdbuf();
  std::string text = stream.str();
  const std::string begin = fmt::format("<!-- keys of {}: made by sweep_file_documentation_test -->\n\n", name);
  const std::string end = fmt::format("\n<!-- end of keys of {} -->", name);
  ASSERT_NE(text.find(begin), std::string::npos) << begin;
  const auto first = text.find(begin) + begin.size();
  const auto last = text.find(end, first);
  ASSERT_NE(last, std::string::npos) << end;
  const auto count = last - first;
  if (std::getenv("SPINSWEEP_WRITE_DOCS") != nullptr) {
    std::ofstream(path) << text.replace(first, count, expected);
    return;
  }
  EXPECT_EQ(text.substr(first, count), expected) << path << ": SPINSWEEP_WRITE_DOCS=1 brings it up to date";
}

class Documentation : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Documentation, HasTheTableThatTheKeysGive) {
  const auto& [name, file] = GetParam();
  expect_table(file, name, table(name));
}

INSTANTIATE_TEST_SUITE_P(Sections, Documentation,
                         testing::Values(std::pair{"study", "sweep-file.md"}, std::pair{"devices", "sweep-file.md"},
                                         std::pair{"solver", "sweep-file.md"}, std::pair{"network", "network.md"},
                                         std::pair{"deployment", "network.md"},
                                         std::pair{"measured_devices", "network.md"}),
                         [](const auto& info) { return info.param.first; });

TEST(Documentation, HasATableForTheSectionOfEveryStage) {
  ASSERT_FALSE(layout::later_stages().empty());
  for (const StageSection& section : stage_sections()) {
    expect_table("sweep-file.md", section.name, head_of_section + rows(section.keys, section.defaults));
  }
}

TEST(Documentation, SaysSomethingOfEveryKey) {
  for (const auto& key : section_keys()) {
    EXPECT_FALSE(key.key->doc.empty()) << key.section << ' ' << key.name;
    EXPECT_EQ(key.key->doc.find('|'), std::string::npos) << key.name << ": a bar ends the cell of a table";
  }
}

}  // namespace
}  // namespace spinsweep::study
