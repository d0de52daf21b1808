#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "layout/results_schema.hpp"

namespace spinsweep::results {
namespace {

std::string place_of(const Group& group) {
  return group.is_of_each_kind() ? "each kind of device" : group.path();
}

/// The variables of a group as a table in Markdown.
std::string documentation_of(const Group& group) {
  std::string text = "| variable | over | unit | what it is |\n|---|---|---|---|\n";
  for (const Description* variable : group.variables()) {
    std::string dimensions;
    for (const Dimension* dimension : variable->dimensions) {
      dimensions += (dimensions.empty() ? "" : ", ") + std::string(dimension->name);
    }
    text += fmt::format("| `{}` | {} | {} | {}{}{} |\n", variable->name, dimensions, variable->units,
                        variable->long_name, variable->remark.empty() ? "" : "; ", variable->remark);
  }
  return text;
}

/// docs/results-file.md shows the variables of each group behind such a comment, up to the next empty line.
TEST(ResultsFileDocumentation, HasTheTablesThatFollowFromTheDeclarations) {
  const std::filesystem::path path = SPINSWEEP_DOCS "/results-file.md";
  std::ostringstream stream;
  stream << std::ifstream(path).rdbuf();
  std::string text = stream.str();
  const bool update = std::getenv("SPINSWEEP_UPDATE_DOCS") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  for (const Group* group : layout::results_table()) {
    const std::string head = "<!-- variables of " + place_of(*group) + " -->\n";
    const std::size_t begin = text.find(head);
    ASSERT_NE(begin, std::string::npos) << head;
    const std::size_t table = begin + head.size();
    const std::size_t end = text.find("\n\n", table) + 1;
    if (update) {
      text.replace(table, end - table, documentation_of(*group));
    } else {
      EXPECT_EQ(text.substr(table, end - table), documentation_of(*group))
          << "SPINSWEEP_UPDATE_DOCS=1 results_test --gtest_filter='ResultsFileDocumentation*' writes it again";
    }
  }
  if (update) {
    std::ofstream(path) << text;
  }
}

}  // namespace
}  // namespace spinsweep::results
