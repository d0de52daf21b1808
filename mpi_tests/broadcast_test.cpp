#include "parallel/broadcast.hpp"

#include <gtest/gtest.h>

namespace spinsweep::parallel {
namespace {

TEST(Broadcast, GivesEveryRankTheBytesOfTheRootHoweverManyMessagesTheyTake) {
  const Communicator world(MPI_COMM_WORLD);
  const int root = world.size() - 1;
  const std::string sent("zero\0one, two and three", 22);
  for (const std::uint64_t largest_message : {1U, 5U, 11U, 22U, 100U}) {
    std::string bytes = world.rank() == root ? sent : "what was here before, and is longer";
    broadcast(bytes, root, world, largest_message);
    EXPECT_EQ(bytes, sent) << largest_message;
  }
  std::string nothing = world.rank() == root ? "" : "something";
  broadcast(nothing, root, world);
  EXPECT_EQ(nothing, "");
}

}  // namespace
}  // namespace spinsweep::parallel
