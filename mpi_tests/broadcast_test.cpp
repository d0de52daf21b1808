#include "parallel/broadcast.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "parallel/all_gather.hpp"
#include "parallel/isolate.hpp"
#include "parallel/on_root.hpp"
#include "parallel/shared_integers.hpp"

namespace spinsweep::parallel {
namespace {

TEST(Broadcast, GivesEveryRankTheBytesOfTheRootHoweverManyMessagesTheyTake) {
  const Communicator world(MPI_COMM_WORLD);
  const int root = world.size() - 1;
  const std::string sent("zero\0one, two and three", 22);
  for (const std::uint64_t largest_message : {1U, 5U, 11U, 22U, 100U}) {
    std::string bytes = world.rank() == root ? sent : "what was here before, and is longer";
    broadcast_bytes(bytes, root, world, largest_message);
    EXPECT_EQ(bytes, sent) << largest_message;
  }
  std::string nothing = world.rank() == root ? "" : "something";
  broadcast_bytes(nothing, root, world);
  EXPECT_EQ(nothing, "");
}

TEST(Broadcast, GivesEveryRankTheValueOfTheRootWhateverItsType) {
  const Communicator world(MPI_COMM_WORLD);
  const int root = world.size() - 1;
  const bool is_root = world.rank() == root;
  EXPECT_EQ(broadcast(is_root ? 2.5 : 1.0, world, root), 2.5);
  EXPECT_EQ(broadcast(is_root ? std::string("text") : std::string(), world, root), "text");
  const std::vector<std::string> words = {"one", "", "three"};
  EXPECT_EQ(broadcast(is_root ? words : std::vector<std::string>(7, "other"), world, root), words);
}

TEST(AllGather, GivesEveryRankTheValuesOfAllByRank) {
  const Communicator world(MPI_COMM_WORLD);
  const auto all = all_gather(std::vector<int>(static_cast<std::size_t>(world.rank()), world.rank()), world);
  ASSERT_EQ(all.size(), static_cast<std::size_t>(world.size()));
  for (int rank = 0; rank < world.size(); ++rank) {
    EXPECT_EQ(all[static_cast<std::size_t>(rank)], std::vector<int>(static_cast<std::size_t>(rank), rank));
  }
}

TEST(AllGather, GivesEveryRankTheBytesOfAllHoweverManyMessagesTheyTake) {
  const Communicator world(MPI_COMM_WORLD);
  const auto bytes_of = [](int rank) {
    return std::string(3 * static_cast<std::size_t>(rank), static_cast<char>('a' + rank)) + '\0';
  };
  std::vector<std::string> expected;
  for (int rank = 0; rank < world.size(); ++rank) {
    expected.push_back(rank == 1 ? "" : bytes_of(rank));
  }
  for (const std::uint64_t largest_message : {1U, 6U, 12U, 100U}) {
    EXPECT_EQ(all_gather_bytes(world.rank() == 1 ? "" : bytes_of(world.rank()), world, largest_message), expected)
        << largest_message;
  }
}

TEST(OfRoot, GivesEveryRankWhatTheRootFindsOrThrows) {
  const Communicator world(MPI_COMM_WORLD);
  EXPECT_EQ(of_root(world, [&] { return std::to_string(world.rank()); }), "0");
  const auto fail = [] { throw InputError("only the root came here"); };
  EXPECT_THROW(on_root(world, fail), InputError);
}

TEST(Isolate, KeepsAnErrorToTheWorkThatItIsAbout) {
  const Communicator world(MPI_COMM_WORLD);
  std::string told;
  const auto keep = [&told](const std::string& reason) { told = reason; };
  EXPECT_TRUE(isolate(
      world, [] {}, keep));
  EXPECT_EQ(told, "");
  EXPECT_FALSE(isolate(
      world, [] { throw std::runtime_error("it diverges"); }, keep));
  EXPECT_EQ(told, "it diverges");
}

TEST(Isolate, PassesOnWhatEndsTheRun) {
  const Communicator world(MPI_COMM_WORLD);
  const auto never = [](const std::string& reason) { ADD_FAILURE() << reason; };
  EXPECT_THROW(isolate(
                   world, [] { throw Interrupted(); }, never),
               Interrupted);
  EXPECT_THROW(isolate(
                   world, [] { throw EnvironmentError("the disk is full"); }, never),
               EnvironmentError);
}

TEST(SharedIntegers, AreSeenByEveryRankAndAddedToByAll) {
  const Communicator world(MPI_COMM_WORLD);
  SharedIntegers numbers(world, 3);
  (void)numbers.add(1, 2);
  (void)numbers.add(2, world.rank());
  world.barrier();
  const std::int64_t ranks = world.size();
  EXPECT_EQ(numbers.all(), (std::vector<std::int64_t>{0, 2 * ranks, ranks * (ranks - 1) / 2}));
  world.barrier();
}

}  // namespace
}  // namespace spinsweep::parallel
