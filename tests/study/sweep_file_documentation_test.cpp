#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "study/parameter.hpp"

namespace spinsweep::study {
namespace {

using testing::HasSubstr;

TEST(SweepFileDocumentation, ListsEveryParameterWithItsUnit) {
  std::ostringstream text;
  text << std::ifstream(SPINSWEEP_DOCS "/sweep-file.md").rdbuf();
  for (const auto& parameter : parameters()) {
    EXPECT_THAT(text.str(), HasSubstr("| `" + parameter.path + "` | " + parameter.unit + " |"));
  }
}

}  // namespace
}  // namespace spinsweep::study
