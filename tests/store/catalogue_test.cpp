#include "store/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "store/create.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::ThrowsMessage;

class Catalogue : public testing::Test {
 protected:
  Catalogue() { create(folder_.file("results.h5"), samples::sample_schema()); }

  samples::TemporaryFolder folder_;
};

TEST_F(Catalogue, ListsGroupsVariablesAndTheirDimensions) {
  const auto file = ResultsFile::open_for_reading(folder_.file("results.h5"));
  EXPECT_THAT(list_groups(file), ElementsAre("/synapse", "/network", "/network/curves"));
  const auto variables = list_variables(file, "/synapse");
  EXPECT_THAT(variables, Contains("magnetization"));
  EXPECT_THAT(variables, Contains("time"));
  EXPECT_THAT(variables, Not(Contains("case"))) << "a dimension without a coordinate is no variable";
  EXPECT_THAT(dimensions_of(file, "/synapse/magnetization"), ElementsAre("case", "time", "component"));
  EXPECT_THAT(dimensions_of(file, "/network/curves/loss"), ElementsAre("epoch", "component"));
  EXPECT_THAT(dimensions_of(file, "/synapse/time"), ElementsAre("time"));
  EXPECT_TRUE(dimensions_of(file, "/synapse/cell").empty());
  EXPECT_THAT([&] { (void)list_variables(file, "/nothing"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("/nothing: no such group or variable")));
}

TEST_F(Catalogue, CopiesABlockOfAnyTypeFromAnotherFile) {
  create(folder_.file("other.h5"), samples::sample_schema());
  const parallel::Communicator world(MPI_COMM_WORLD);
  auto source = ResultsFile::open_for_writing(folder_.file("other.h5"), world);
  auto target = ResultsFile::open_for_writing(folder_.file("results.h5"), world);
  source.write_text("/synapse/message", 4, "diverged");
  target.copy_block(source, "/synapse/message", {4, 0}, {1, 0}, {1, samples::message_length});
  EXPECT_EQ(target.read_text("/synapse/message", 1), "diverged");
  EXPECT_EQ(target.read_bytes("/synapse/message", {1, 0}, {1, 8}).size(), 8U);
}

}  // namespace
}  // namespace spinsweep::store
