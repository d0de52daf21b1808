#include "status/status_report.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "engine/time_left.hpp"
#include "layout/later_stages.hpp"
#include "layout/results_schema.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"
#include "store/writer_lock.hpp"
#include "study/case_identity.hpp"
#include "study/estimate.hpp"
#include "training/network_estimate.hpp"
#include "training/network_table.hpp"

namespace spinsweep::status {

using store::CaseStatus;

namespace {

/// If no run is writing, cases with the status running were left behind by a killed run and are interrupted.
std::vector<CaseStatus> corrected(std::vector<CaseStatus> status, bool being_written) {
  if (!being_written) {
    std::ranges::replace(status, CaseStatus::running, CaseStatus::interrupted);
  }
  return status;
}

StageReport count(const std::string& name, const std::vector<CaseStatus>& status) {
  const auto number = [&](CaseStatus wanted) {
    return static_cast<std::uint64_t>(std::count(status.begin(), status.end(), wanted));
  };
  StageReport stage;
  stage.name = name;
  stage.done = number(CaseStatus::done);
  stage.running = number(CaseStatus::running);
  stage.failed = number(CaseStatus::failed);
  stage.waiting = number(CaseStatus::waiting);
  stage.interrupted = number(CaseStatus::interrupted);
  return stage;
}

/// Counts a piece of a stage. estimated and taken: s.
void add(engine::WorkDone& work, CaseStatus status, double estimated, double taken) {
  // Running pieces are half done on average.
  constexpr double running_share = 0.5;
  if (status == CaseStatus::done) {
    work.cost_measured += estimated;
    work.seconds_measured += taken;
  } else if (status != CaseStatus::failed) {
    work.cost_left += status == CaseStatus::running ? running_share * estimated : estimated;
  }
}

/// The estimate, corrected by the times of what is done, s.
double core_seconds_left(const engine::WorkDone& work) {
  return engine::time_left(work, 1).value_or(work.cost_left);
}

double core_seconds_left(const study::DevicePlan& plan, const std::vector<CaseStatus>& status,
                         const std::vector<double>& wall_time) {
  engine::WorkDone work;
  const auto first = study::first_identical_cases(plan);
  for (std::size_t k = 0; k < status.size(); ++k) {
    // A case that repeats another one is copied from it at the end of the stage.
    if (first[k] == k) {
      add(work, status[k], study::estimated_seconds(plan, k), wall_time[k]);
    }
  }
  return core_seconds_left(work);
}

std::vector<ReportedCase> slowest_of(std::vector<ReportedCase> cases) {
  constexpr std::size_t shown = 5;
  std::stable_sort(cases.begin(), cases.end(),
                   [](const ReportedCase& a, const ReportedCase& b) { return a.wall_time > b.wall_time; });
  cases.resize(std::min(cases.size(), shown));
  return cases;
}

StageReport report_device(const results::Results& results, const study::DevicePlan& plan, bool being_written) {
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto status = corrected(device.statuses(simulation::case_table::status), being_written);
  const auto wall_time = device[simulation::case_table::wall_time].read();
  StageReport stage = count(std::string(plan.base.kind->name), status);
  stage.is_of_device = true;
  const auto named = [&](std::size_t k) { return ReportedCase{k, case_name(plan, k), {}, wall_time[k]}; };
  std::vector<ReportedCase> done;
  for (std::size_t k = 0; k < status.size(); ++k) {
    if (status[k] == CaseStatus::failed) {
      stage.failures.push_back(named(k));
      stage.failures.back().message = device.kept_text(simulation::case_table::message, k);
    } else if (status[k] == CaseStatus::done) {
      done.push_back(named(k));
    }
  }
  stage.slowest = slowest_of(std::move(done));
  stage.core_seconds_left = core_seconds_left(plan, status, wall_time);
  return stage;
}

/// A stage with the estimated seconds of each of its tasks.
StageReport report_tasks(const std::string& name, const std::vector<CaseStatus>& status,
                         const std::vector<double>& wall_time, const std::vector<double>& estimated) {
  StageReport stage = count(name, status);
  engine::WorkDone work;
  for (std::size_t k = 0; k < status.size(); ++k) {
    add(work, status[k], estimated[k], wall_time[k]);
  }
  stage.core_seconds_left = core_seconds_left(work);
  return stage;
}

/// The FP32 networks and their controls, which all variants share.
StageReport report_shared_trainings(const results::Results& results, bool being_written) {
  const network::NetworkSettings& settings = results.study().network;
  auto status = corrected(results.statuses(training::baseline_table::status), being_written);
  auto wall_time = results[training::baseline_table::wall_time].read();
  std::vector<double> estimated(status.size(), training::estimated_training_seconds(settings, settings.epochs));
  const auto control_status = corrected(training::control_statuses(results), being_written);
  if (!control_status.empty()) {
    const auto controls = controls_of(settings.deployments);
    const auto control_time = results[training::baseline_table::control_wall_time].read();
    status.insert(status.end(), control_status.begin(), control_status.end());
    wall_time.insert(wall_time.end(), control_time.begin(), control_time.end());
    for (std::size_t k = 0; k < control_status.size(); ++k) {
      estimated.push_back(training::estimated_training_seconds(settings, controls[k % controls.size()].epochs));
    }
  }
  return report_tasks("training", status, wall_time, estimated);
}

StageReport report_later_stage(const results::Results& results, const layout::LaterStage& stage, bool being_written) {
  const auto path_of = [&stage](results::Role role) {
    const auto variable = std::ranges::find(stage.group->variables(), role, &results::Description::role);
    return store::join(stage.group->path(), (*variable)->name);
  };
  return report_tasks(stage.name, corrected(results.statuses_at(path_of(results::Role::status)), being_written),
                      results.file().read<double>(path_of(results::Role::cost)), stage.costs(results.study()));
}

/// Every deployment of every run, whose last axis is the deployment.
StageReport report_network(const results::Results& results, bool being_written) {
  const auto each = training::estimated_deployment_seconds(results.study());
  const auto status = corrected(results.statuses(training::network_table::status), being_written);
  std::vector<double> estimated;
  estimated.reserve(status.size());
  for (std::size_t k = 0; k < status.size(); ++k) {
    estimated.push_back(each[k % each.size()]);
  }
  return report_tasks("network", status, results[training::network_table::wall_time].read(), estimated);
}

}  // namespace

std::optional<double> StatusReport::seconds_left() const {
  const auto sum = [&](auto member) {
    return std::accumulate(stages.begin(), stages.end(), 0.0, [&](double total, const StageReport& stage) {
      return total + static_cast<double>(stage.*member);
    });
  };
  const double running = sum(&StageReport::running);
  const double left = sum(&StageReport::core_seconds_left);
  if (running > 0.0) {
    return left / running;
  }
  return left > 0.0 ? std::nullopt : std::optional(0.0);
}

StatusReport read_status_report(const std::string& results_file) {
  // Asked before the file is read: a run that ends meanwhile must not leave its last cases looking interrupted.
  const bool held_before = store::is_being_written(results_file);
  return report_status(results::Results::open_for_reading(results_file, layout::results_table()), held_before);
}

StatusReport report_status(const results::Results& results, bool being_written) {
  StatusReport report{.file = results.file().path().string(), .being_written = being_written, .stages = {}};
  for (const study::DevicePlan& plan : results.study().devices) {
    report.stages.push_back(report_device(results, plan, being_written));
  }
  if (results.study().has_network) {
    report.stages.push_back(report_shared_trainings(results, being_written));
    report.stages.push_back(report_network(results, being_written));
  }
  for (const layout::LaterStage& stage : layout::later_stages()) {
    if (!stage.is_derived() && stage.group->exists(results.study())) {
      report.stages.push_back(report_later_stage(results, stage, being_written));
    }
  }
  return report;
}

}  // namespace spinsweep::status
