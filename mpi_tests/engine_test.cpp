#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "engine/stage.hpp"
#include "parallel/all_gather.hpp"

namespace spinsweep::engine {
namespace {

/// A stage whose tasks are numbers: each is one piece, which does what the test wants.
class NumberStage : public Stage {
 public:
  NumberStage(const parallel::Communicator& world, Workload workload)
      : world_(world), group_(TaskGroup::of_size(world, 1)), workload_(std::move(workload)) {
    workload_.pieces = workload_.tasks.size();
  }

  [[nodiscard]] std::string name() const override { return "numbers"; }
  [[nodiscard]] const TaskGroup& group() const override { return group_; }
  [[nodiscard]] Workload workload() const override { return workload_; }
  void prepare(std::size_t resource, Worker& /*worker*/) override {
    held_ = resource;
    ++prepared_[resource];
  }
  void run(const Task& task, Worker& worker) override {
    worker.run({.name = "number " + std::to_string(task.number), .cost = task.cost, .mark = {}, .fail = {}}, [&] {
      if (task.needs) {
        EXPECT_EQ(held_, *task.needs);
      }
      work(task.number, worker);
      ran_.push_back(task.number);
    });
  }

  /// Tasks that were done, by any rank. Collective.
  [[nodiscard]] std::vector<std::size_t> ran() const {
    std::vector<std::size_t> all;
    for (const auto& others : parallel::all_gather(ran_, world_)) {
      all.insert(all.end(), others.begin(), others.end());
    }
    return all;
  }

  /// How often anything was prepared, by any rank. Collective.
  [[nodiscard]] int preparations() const {
    int count = 0;
    for (const auto& others : parallel::all_gather(prepared_, world_)) {
      for (const auto& [resource, times] : others) {
        count += times;
      }
    }
    return count;
  }

  std::function<void(std::size_t number, Worker& worker)> work = [](std::size_t, Worker&) {};

 private:
  const parallel::Communicator& world_;
  TaskGroup group_;
  Workload workload_;
  std::vector<std::size_t> ran_;
  std::map<std::size_t, int> prepared_;
  std::size_t held_ = 0;
};

class Engine : public testing::Test {
 protected:
  static Workload numbers(std::size_t count) {
    Workload workload;
    for (std::size_t k = 0; k < count; ++k) {
      workload.tasks.push_back({.number = k, .cost = 1.0});
    }
    return workload;
  }

  parallel::Communicator world{MPI_COMM_WORLD};
};

TEST_F(Engine, RunsEachTaskOnce) {
  NumberStage stage(world, numbers(50));
  const StageOutcome outcome = run(stage, {}, world);
  EXPECT_FALSE(outcome.interrupted || outcome.stopped_by_failures);
  std::vector<std::size_t> expected(50);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_THAT(stage.ran(), testing::UnorderedElementsAreArray(expected));
}

TEST_F(Engine, PreparesWhatTasksNeedBeforeThemAndOnlyAsOftenAsGroupsChange) {
  Workload workload = numbers(40);
  for (Task& task : workload.tasks) {
    task.needs = task.number % 8;
  }
  workload.preparation_costs.assign(8, 1.0);
  NumberStage stage(world, workload);
  (void)run(stage, {}, world);
  EXPECT_EQ(stage.ran().size(), 40U);
  EXPECT_GE(stage.preparations(), 8);
  if (world.size() == 1) {
    EXPECT_EQ(stage.preparations(), 8);
  }
}

TEST_F(Engine, FailsAPieceAloneAndTellsAllRanksWhy) {
  NumberStage stage(world, numbers(10));
  stage.work = [](std::size_t number, Worker&) {
    if (number % 5 == 0) {
      throw std::runtime_error("five divides it");
    }
  };
  const StageOutcome outcome = run(stage, {}, world);
  EXPECT_FALSE(outcome.interrupted);
  EXPECT_EQ(stage.ran().size(), 8U);
  ASSERT_EQ(outcome.failures.size(), 2U);
  EXPECT_EQ(outcome.failures[0].name, "number 0");
  EXPECT_EQ(outcome.failures[1].name, "number 5");
  EXPECT_EQ(outcome.failures[0].reason, "five divides it");
}

TEST_F(Engine, StopsAfterTheGivenNumberOfFailures) {
  NumberStage stage(world, numbers(1000));
  stage.work = [](std::size_t, Worker&) { throw SimulationError("it never works"); };
  const StageOutcome outcome = run(stage, {.deadline = {}, .max_failures = 3}, world);
  EXPECT_TRUE(outcome.stopped_by_failures);
  EXPECT_GE(outcome.failures.size(), 3U);
  EXPECT_LT(outcome.failures.size(), 1000U);
}

TEST_F(Engine, EndsTheRunOnAllRanksIfItsEnvironmentIsBroken) {
  NumberStage stage(world, numbers(1000));
  stage.work = [](std::size_t number, Worker&) {
    if (number == 3) {
      throw EnvironmentError("the disk is full");
    }
  };
  try {
    (void)run(stage, {}, world);
    ADD_FAILURE() << "nobody noticed";
  } catch (const EnvironmentError& error) {
    EXPECT_STREQ(error.what(), "the disk is full");
  }
}

TEST_F(Engine, StopsAllRanksWhenOneIsAskedTo) {
  NumberStage stage(world, numbers(1000));
  stage.work = [](std::size_t number, Worker& worker) {
    if (number == 5) {
      worker.stop();
      worker.throw_if_stopped();
    }
  };
  const StageOutcome outcome = run(stage, {}, world);
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_TRUE(outcome.failures.empty());
  EXPECT_LT(stage.ran().size(), 1000U);
}

TEST_F(Engine, StopsAllRanksWhenOneWithoutWorkIsAskedTo) {
  if (world.size() == 1) {
    GTEST_SKIP() << "a single rank has the work";
  }
  const InterruptionSignals signals;
  const auto began = std::chrono::steady_clock::now();
  interrupt_at(began + std::chrono::milliseconds(300));
  NumberStage stage(world, numbers(1));
  stage.work = [began](std::size_t, Worker& worker) {
    interrupt_at(std::chrono::steady_clock::time_point::max());
    while (std::chrono::steady_clock::now() < began + std::chrono::seconds(60)) {
      worker.throw_if_stopped();
    }
  };
  EXPECT_TRUE(run(stage, {}, world).interrupted);
  EXPECT_TRUE(stage.ran().empty());
}

TEST_F(Engine, DefersTasksThatDoNotFitInTheTimeLeftButResumesThoseBegunBefore) {
  const auto began = study::Deadline::Clock::now() - std::chrono::seconds(3460);
  Workload workload = numbers(4);
  workload.tasks[1].cost = 60.0;
  workload.tasks[2].cost = 60.0;
  workload.tasks[2].has_checkpoint = true;
  NumberStage stage(world, workload);
  const StageOutcome outcome = run(stage, {.deadline = study::Deadline(3600.0, began)}, world);
  EXPECT_EQ(outcome.deferred, 1);
  EXPECT_TRUE(outcome.interrupted) << "there is something left to do";
  EXPECT_THAT(stage.ran(), testing::UnorderedElementsAre(0, 2, 3));
}

}  // namespace
}  // namespace spinsweep::engine
