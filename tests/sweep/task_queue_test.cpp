#include "sweep/task_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "study/case_identity.hpp"
#include "study/read_study.hpp"
#include "sweep/schedule_simulation.hpp"

namespace spinsweep::sweep {
namespace {

struct PlainCounter {
  std::int64_t number = 0;
  std::int64_t next() { return number++; }
};

TEST(TaskQueue, GivesWhatIsOnItsWayFirstThenTheCostliestEachOnce) {
  PlainCounter counter;
  TaskQueue<PlainCounter> queue({{{0}, 1.0, false}, {{1}, 5.0, false}, {{2}, 0.5, true}, {{3}, 5.0, false}}, counter);
  std::vector<std::size_t> order;
  while (const Task* task = queue.next()) {
    order.push_back(task->cases.front());
  }
  EXPECT_THAT(order, testing::ElementsAre(2, 1, 3, 0));
  EXPECT_EQ(queue.next(), nullptr);
}

TEST(CaseIdentity, IsAboutWhatACaseIsNotAboutWhichAxesSayIt) {
  const study::Study swept = study::parse_study(
      "[synapse]\n[synapse.sweep]\n\"notches.pitch\" = [200e-9, 300e-9]\n\"material.dmi\" = [1e-3, 2e-3]\n", "a");
  const study::Study given =
      study::parse_study("[material]\ndmi = 2e-3\n[synapse]\nnotches = { first = 300e-9 }\n", "b");
  EXPECT_EQ(study::physical_key(swept.synapse.cases[3]), study::physical_key(given.synapse.cases[0]))
      << "pitch and first are length/count unless they are given";
  EXPECT_NE(study::physical_key(swept.synapse.cases[1]), study::physical_key(given.synapse.cases[0]));
}

TEST(CaseIdentity, FindsTheFirstOfEachKind) {
  const study::Study study = study::parse_study(
      "[synapse]\n[synapse.sweep]\n\"notches.count\" = [0, 5]\n\"notches.diameter\" = [10e-9, 20e-9, 30e-9]\n", "s");
  EXPECT_THAT(first_identical_cases(study.synapse), testing::ElementsAre(0, 0, 0, 3, 4, 5))
      << "without notches their diameter does not matter";
}

TEST(CaseIdentity, LeavesCasesApartWhoseCurrentDensityIsYetToBeFound) {
  const study::Study study = study::parse_study(
      "[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1e11, to = 5e11, "
      "tolerance = 1e11 }\n",
      "s");
  EXPECT_THAT(first_identical_cases(study.synapse), testing::ElementsAre(0, 1, 2, 3));
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
    tasks.push_back({{k}, actual.back() * misjudgement(generator), false});
  }
  EXPECT_LE(simulate_schedule(tasks, actual, ranks).idle_share, 0.02);
  for (Task& task : tasks) {
    task.cost = 0.0;
  }
  EXPECT_GT(simulate_schedule(tasks, actual, ranks).idle_share, 0.05) << "the order is what does it";
}

}  // namespace
}  // namespace spinsweep::sweep
