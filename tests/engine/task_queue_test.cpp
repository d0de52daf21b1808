#include "engine/task_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/plain_counters.hpp"
#include "engine/schedule_simulation.hpp"

namespace spinsweep::engine {
namespace {

using Queue = TaskQueue<PlainCounters>;

/// Numbers of the tasks that a group gets until there are none, or `most`.
std::vector<std::size_t> taken(Queue& queue, std::size_t most = 100) {
  std::vector<std::size_t> numbers;
  while (numbers.size() < most) {
    const Task* task = queue.next();
    if (task == nullptr) {
      break;
    }
    numbers.push_back(task->number);
  }
  return numbers;
}

class TaskQueueOf {
 public:
  explicit TaskQueueOf(const std::vector<Task>& tasks)
      : order_(tasks), counters_{std::vector<std::int64_t>(Queue::counters_for(order_))} {}
  Queue of_group(std::size_t place) { return {order_, counters_, place}; }

 private:
  TaskOrder order_;
  PlainCounters counters_;
};

TEST(TaskQueue, GivesWhatWasBegunFirstThenTheCostliestEachOnce) {
  TaskQueueOf tasks({{0, 1.0, false, {}}, {1, 5.0, false, {}}, {2, 0.5, true, {}}, {3, 5.0, false, {}}});
  Queue queue = tasks.of_group(0);
  EXPECT_THAT(taken(queue), testing::ElementsAre(2, 1, 3, 0));
  EXPECT_EQ(queue.next(), nullptr);
  Queue other = tasks.of_group(1);
  EXPECT_EQ(other.next(), nullptr);
}

TEST(TaskQueue, StaysWithTheResourceThatTheGroupHolds) {
  TaskQueueOf tasks(
      {{0, 1.0, false, 0}, {1, 2.0, false, 1}, {2, 1.0, false, 0}, {3, 4.0, false, 1}, {4, 1.0, false, 2}});
  Queue queue = tasks.of_group(0);
  EXPECT_THAT(taken(queue), testing::ElementsAre(3, 1, 0, 2, 4)) << "the resource with the most work first";
}

TEST(TaskQueue, GivesEachGroupAResourceOfItsOwnAndHelpsWhenAllAreTaken) {
  TaskQueueOf tasks({{0, 3.0, false, 0}, {1, 3.0, false, 0}, {2, 3.0, false, 0}, {3, 1.0, false, 1}});
  Queue first = tasks.of_group(0);
  Queue second = tasks.of_group(1);
  EXPECT_EQ(first.next()->number, 0U);
  EXPECT_EQ(second.next()->number, 3U);
  EXPECT_FALSE(second.helps());
  EXPECT_EQ(second.next()->number, 1U);
  EXPECT_TRUE(second.helps());
  EXPECT_EQ(first.next()->number, 2U);
  EXPECT_EQ(second.next(), nullptr);
}

TEST(TaskQueue, GivesWhatWasBegunFirstWhateverItNeeds) {
  TaskQueueOf tasks({{0, 9.0, false, 0}, {1, 1.0, true, 1}, {2, 2.0, true, 2}});
  Queue queue = tasks.of_group(0);
  EXPECT_THAT(taken(queue), testing::ElementsAre(2, 1, 0));
}

TEST(TaskQueue, PreparesNoMoreThanGroupsAndResourcesDemand) {
  constexpr std::size_t resources = 1000;
  constexpr std::size_t tasks_of_each = 10;
  constexpr std::size_t ranks = 100;
  std::vector<Task> tasks;
  for (std::size_t k = 0; k < resources * tasks_of_each; ++k) {
    tasks.push_back({k, 1.0, false, k % resources});
  }
  const std::vector<double> actual(tasks.size(), 1.0);
  EXPECT_EQ(simulate_schedule(tasks, actual, 1, 0.1).preparations, resources);
  const auto schedule = simulate_schedule(tasks, actual, ranks, 0.1);
  EXPECT_LE(schedule.preparations, resources + 5 * ranks);
  EXPECT_LE(schedule.idle_share, 0.02);
}

TEST(TaskQueue, LeavesRanksIdleForLessThanAFiftiethOfASweepOfUnequalCases) {
  std::mt19937_64 generator(1);
  std::lognormal_distribution<double> costs(0.0, 0.5);
  std::lognormal_distribution<double> misjudgement(0.0, 0.1);
  constexpr std::size_t ranks = 1000;
  std::vector<Task> tasks;
  std::vector<double> actual;
  for (std::size_t k = 0; k < 10 * ranks; ++k) {
    actual.push_back(costs(generator));
    tasks.push_back({k, actual.back() * misjudgement(generator), false, {}});
  }
  EXPECT_LE(simulate_schedule(tasks, actual, ranks).idle_share, 0.02);
  for (Task& task : tasks) {
    task.cost = 0.0;
  }
  EXPECT_GT(simulate_schedule(tasks, actual, ranks).idle_share, 0.05) << "the order is what does it";
}

}  // namespace
}  // namespace spinsweep::engine
