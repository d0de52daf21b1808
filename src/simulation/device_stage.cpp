#include "simulation/device_stage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/words.hpp"
#include "device/demag_cache.hpp"
#include "device/readout.hpp"
#include "parallel/on_root.hpp"
#include "results/governed_rows.hpp"
#include "simulation/case_runner.hpp"
#include "simulation/case_table.hpp"
#include "simulation/case_writer.hpp"
#include "simulation/checkpoint.hpp"
#include "simulation/initial_state.hpp"
#include "simulation/open_cases.hpp"
#include "study/bisection.hpp"
#include "study/case_identity.hpp"
#include "study/estimate.hpp"
#include "study/part_of_plan.hpp"

namespace spinsweep::simulation {

namespace {

using store::CaseStatus;

/// The cases of one device.
class DeviceStage : public engine::Stage {
 public:
  DeviceStage(const study::DevicePlan& plan, const study::RunSettings& settings, const FinishedCases* reusable,
              results::Results& results, const parallel::Communicator& communicator, double seconds_afterwards)
      : plan_(plan),
        reusable_(reusable),
        results_(results.of(*plan.base.kind)),
        ranks_(engine::TaskGroup::of_size(communicator, settings.ranks_per_case)),
        name_(plan.base.kind->name),
        pieces_(work_pieces(plan)),
        open_(plan, settings, results_.statuses(case_table::status)),
        checkpoints_(results.file(), name_, open_.flags(), communicator),
        cache_(ranks_.communicator()),
        initial_state_(cache_, settings.time_limit),
        writer_(results, *plan.base.kind, ranks_),
        runner_(settings, checkpoints_, writer_, initial_state_, cache_),
        all_results_(results) {
    plan_workload(seconds_afterwards);
    if (reusable != nullptr && ranks_.is_root()) {
      reused_rows_.emplace(results.entries(), results.entry(results_[case_table::status].path()), reusable->file());
    }
    if (communicator.rank() == 0) {
      const auto to_do = open_.list();
      const auto begun =
          std::count_if(to_do.begin(), to_do.end(), [this](std::size_t k) { return checkpoints_.has(k); });
      spdlog::info("{}: {} to do, {} done before, {} begun before, {} to relax", name_, counted(to_do.size(), "case"),
                   open_.closed_count(), begun, counted(first_with_state_.size(), "initial state"));
    }
  }

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] const engine::TaskGroup& group() const override { return ranks_; }
  [[nodiscard]] engine::Workload workload() const override { return workload_; }

  /// Makes an initial state.
  void prepare(std::size_t resource, engine::Worker& worker) override {
    initial_state_.prepare(plan_.cases[first_with_state_[resource]], worker);
  }

  void run(const engine::Task& task, engine::Worker& worker) override {
    const auto& cases = pieces_[task.number];
    if (plan_.bisection.exists()) {
      run_bisection(cases, worker);
    } else {
      run_case(cases.front(), plan_.cases[cases.front()], worker);
    }
  }

 private:
  /// A case with a checkpoint needs no initial state, and a wall that is not relaxed is made in no time.
  void plan_workload(double seconds_afterwards) {
    workload_ = {.tasks = open_.tasks([this](std::size_t k) { return checkpoints_.has(k); }),
                 .preparation_costs = {},
                 .pieces = open_.list().size(),
                 .seconds_afterwards = seconds_afterwards};
    std::map<study::CaseKey, std::size_t> state_of;
    for (engine::Task& task : workload_.tasks) {
      const std::size_t first = pieces_[task.number].front();
      const device::DeviceParameters& p = plan_.cases[first];
      if (task.has_checkpoint || !p.initial_wall.relax) {
        continue;
      }
      const auto [state, is_new] = state_of.try_emplace(study::initial_state_key_of(p), first_with_state_.size());
      if (is_new) {
        first_with_state_.push_back(first);
        workload_.preparation_costs.push_back(study::estimated_relaxation_seconds(p));
      }
      task.needs = state->second;
    }
  }

  /// Each case's current density follows from how those before it ended, whichever run and rank simulated them.
  void run_bisection(const std::vector<std::size_t>& cases, engine::Worker& worker) {
    study::DecisivePoints points;
    std::vector<double> final_positions;
    for (auto index = cases.begin(); index != cases.end(); ++index) {
      const study::BisectionState state = replay(plan_.bisection, points, final_positions);
      if (state.problem) {
        fail_all({index, cases.end()}, *state.problem, worker);
        return;
      }
      if (open_.contains(*index)) {
        device::DeviceParameters parameters = plan_.cases[*index];
        parameters.pulse.current_density = *state.next;
        writer_.set_current_density(*index, *state.next);
        if (!take_over_case(*index, parameters, worker) && !run_case(*index, parameters, worker)) {
          fail_all({index + 1, cases.end()}, fmt::format("it follows case {}, which failed", *index), worker);
          return;
        }
      } else if (!open_.was_done(*index)) {
        return;
      }
      if (final_positions.empty()) {
        points = parallel::of_root(ranks_.communicator(),
                                   [&] { return case_table::decisive_points_of(plan_, cases, results_); });
      }
      const double walls = kept_of(case_table::final_wall_count, *index);
      if (!device::is_of_one_wall(walls)) {
        fail_all({index + 1, cases.end()},
                 fmt::format("it follows case {}, which ends with {}", *index, device::describe_walls(walls)), worker);
        return;
      }
      final_positions.push_back(kept_of(case_table::final_position, *index));
    }
  }

  double kept_of(const results::Variable<double>& variable, std::size_t index) {
    return parallel::of_root(ranks_.communicator(), [&] { return results_.kept(variable, index); });
  }

  /// The cases that are not done yet, by an earlier run or by reuse of another file.
  void fail_all(const std::vector<std::size_t>& cases, const std::string& reason, engine::Worker& worker) {
    for (const std::size_t index : cases) {
      if (!open_.was_done(index)) {
        worker.fail(piece(index, case_name(plan_, index)), reason);
      }
    }
  }

  bool take_over_case(std::size_t index, const device::DeviceParameters& parameters, engine::Worker& worker) {
    const bool found = parallel::of_root(ranks_.communicator(), [&] {
      const auto source = reusable_ != nullptr ? reusable_->find(parameters) : std::nullopt;
      if (source) {
        reused_rows_->copy(reusable_->file(), {*source}, all_results_, {index});
      }
      return source.has_value();
    });
    if (found) {
      writer_.commit(index, CaseStatus::done);
      worker.report_done(case_name(plan_, index, parameters) + ", reused", study::estimated_seconds(plan_, index));
    }
    return found;
  }

  /// Returns whether the case is done.
  bool run_case(std::size_t index, const device::DeviceParameters& parameters, engine::Worker& worker) {
    const engine::Piece part = piece(index, case_name(plan_, index, parameters));
    return worker.run(part, [&] {
      const std::string outcome = runner_.run(index, part.name, parameters, worker);
      worker.report_done(part.name + ", " + outcome, part.cost);
    });
  }

  engine::Piece piece(std::size_t index, std::string name) {
    return {.name = std::move(name),
            .cost = study::estimated_seconds(plan_, index),
            .mark = [this, index](CaseStatus status) { writer_.mark(index, status); },
            .fail = [this, index](const std::string& reason) { writer_.fail(index, reason); }};
  }

  const study::DevicePlan& plan_;
  const FinishedCases* reusable_;
  results::DeviceResults results_;
  std::optional<results::GovernedRows> reused_rows_;  ///< on the root, of the cases that may be reused
  engine::TaskGroup ranks_;
  std::string name_;
  std::vector<std::vector<std::size_t>> pieces_;  ///< cases of each task
  OpenCases open_;
  CheckpointStore checkpoints_;
  device::DemagCache cache_;
  InitialState initial_state_;
  CaseWriter writer_;
  CaseRunner runner_;
  std::vector<std::size_t> first_with_state_;  ///< for each distinct initial state, a case that starts from it
  engine::Workload workload_;
  results::Results& all_results_;
};

}  // namespace

DeviceOutcome run_device_stage(const study::DevicePlan& plan, const study::RunSettings& settings,
                               const FinishedCases* reusable, results::Results& results,
                               const parallel::Communicator& communicator, double seconds_afterwards) {
  DeviceOutcome outcome;
  if (reusable != nullptr) {
    take_over(*reusable, plan, results, communicator);
  }
  {
    DeviceStage stage(plan, settings, reusable, results, communicator, seconds_afterwards);
    static_cast<engine::StageOutcome&>(outcome) =
        engine::run(stage, {.deadline = settings.deadline, .max_failures = settings.max_failures}, communicator);
  }
  results.share(communicator);
  spread_to_identical(plan, results, communicator);
  const device::Kind& kind = *plan.base.kind;
  const results::DeviceResults device = results.of(kind);
  const auto status = device.statuses(case_table::status);
  // Those of earlier runs and of identical cases count too.
  outcome.failures.clear();
  for (std::size_t k = 0; k < status.size(); ++k) {
    if (status[k] == CaseStatus::done) {
      ++outcome.done;
    } else if (status[k] == CaseStatus::failed) {
      outcome.failures.push_back({fmt::format("{} {}", kind.name, case_name(results.plan(kind), k)),
                                  device.kept_text(case_table::message, k)});
    }
  }
  return outcome;
}

}  // namespace spinsweep::simulation
