#include "sweep/run_study.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "base/words.hpp"
#include "characterization/depinning_currents.hpp"
#include "characterization/pulse_statistics.hpp"
#include "characterization/variant_curves.hpp"
#include "engine/failure.hpp"
#include "layout/later_stages.hpp"
#include "layout/results_schema.hpp"
#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"
#include "parallel/run_collective.hpp"
#include "results/results.hpp"
#include "simulation/device_stage.hpp"
#include "simulation/finished_cases.hpp"
#include "status/accuracy_table.hpp"
#include "status/status_report.hpp"
#include "study/part_of_plan.hpp"
#include "study/read_study.hpp"
#include "sweep/open_results.hpp"
#include "sweep/run_command.hpp"
#include "training/network_stage.hpp"

namespace spinsweep::sweep {

namespace {

/// Errors: InputError if the run has fewer ranks than a case needs.
void require_ranks(int ranks_per_case, int ranks) {
  if (ranks_per_case > ranks) {
    throw InputError(
        fmt::format("solver.ranks_per_case is {}, but the run has {}; start it under mpirun -n {}, "
                    "or with --set solver.ranks_per_case={}",
                    ranks_per_case, counted(ranks, "rank"), ranks_per_case, ranks));
  }
}

using After = layout::LaterStage::After;

/// Whether the run does what follows the devices (and is no network), or the networks and what follows them. A run of
/// one share of the cases does neither.
bool runs_after(After after, const RunRequest& request) {
  return request.part.count == 1 && request.stage != (after == After::devices ? Stage::network : Stage::device);
}

/// Networks, and the models that they need, come after the stages that follow the devices.
After place_of(const std::string& stage_name) {
  const auto& stages = layout::later_stages();
  const auto found = std::ranges::find(stages, stage_name, &layout::LaterStage::name);
  return found == stages.end() ? After::networks : found->after;
}

/// Estimated time of what this run does after a device's cases, on all ranks, s.
double seconds_after(const study::DevicePlan& plan, const RunRequest& request, const results::Results& results,
                     const parallel::Communicator& communicator) {
  return parallel::of_root(communicator, [&] {
    double seconds = 0.0;
    bool is_later = false;
    for (const status::StageReport& stage : status::report_status(results, true).stages) {
      const bool is_run = stage.is_of_device || runs_after(place_of(stage.name), request);
      seconds += is_later && is_run ? stage.core_seconds_left : 0.0;
      is_later = is_later || stage.name == plan.base.kind->name;
    }
    return seconds / (static_cast<double>(communicator.size()) * static_cast<double>(request.part.count));
  });
}

std::ptrdiff_t cases_in_part(const study::Part& part, const study::DevicePlan& plan) {
  const auto cases = cases_of(part, plan);
  return std::count(cases.begin(), cases.end(), true);
}

void add_failures(const std::vector<engine::Failure>& failures, std::string& report) {
  for (const engine::Failure& failure : failures) {
    report += fmt::format("  {}\n    {}\n", failure.name, failure.reason);
  }
}

/// Adds what failed of a stage, if anything has, below a heading.
void report_failures(const std::vector<engine::Failure>& failures, const std::string& heading, RunOutcome& outcome) {
  if (!failures.empty()) {
    outcome.failures = true;
    outcome.report += fmt::format("{}\n", heading);
    add_failures(failures, outcome.report);
  }
}

void report_deferred(std::int64_t deferred, RunOutcome& outcome) {
  if (deferred > 0) {
    outcome.report += fmt::format("{} deferred: not enough time left in the job\n", deferred);
  }
}

/// Returns whether RunRequest::max_failures was reached.
bool run_devices(const RunRequest& request, results::Results& results, const simulation::FinishedCases* reusable,
                 const parallel::Communicator& communicator, RunOutcome& outcome) {
  const study::Study& study = results.study();
  int done = 0;
  std::int64_t deferred = 0;
  std::vector<engine::Failure> failures;
  bool stopped_by_failures = false;
  std::ptrdiff_t cases = 0;
  for (const study::DevicePlan& plan : study.devices) {
    cases += cases_in_part(request.part, plan);
    if (outcome.interrupted || stopped_by_failures) {
      continue;
    }
    const simulation::DeviceOutcome part = simulation::run_device_stage(
        plan, study.run, reusable, results, communicator, seconds_after(plan, request, results, communicator));
    done += part.done;
    deferred += part.deferred;
    failures.insert(failures.end(), part.failures.begin(), part.failures.end());
    stopped_by_failures = part.stopped_by_failures;
    outcome.interrupted = part.interrupted && !part.stopped_by_failures;
  }
  characterization::write_depinning_currents(results, communicator);
  characterization::write_pulse_statistics(results, communicator);
  outcome.failures = !failures.empty();
  if (!study.devices.empty()) {
    outcome.report += fmt::format("{} of {} done, {} failed\n", done, counted(cases, "case"), failures.size());
  }
  add_failures(failures, outcome.report);
  report_deferred(deferred, outcome);
  if (stopped_by_failures) {
    outcome.report +=
        fmt::format("stopped, since {} failed (--max-failures)\n", counted(study.run.max_failures, "case"));
  }
  if (outcome.failures) {
    outcome.report += fmt::format("simulate the failed ones again: {} --retry-failed\n", command_of(request));
  }
  return stopped_by_failures;
}

/// Characterises the variants, trains networks and puts them on the devices.
void run_networks(results::Results& results, const parallel::Communicator& communicator, RunOutcome& outcome) {
  const characterization::VariantCurves curves = characterization::derive_variants(results, communicator);
  report_failures(curves.failures, "skipped, no usable device model:", outcome);
  const engine::StageOutcome networks =
      curves.outcome.interrupted ? curves.outcome
                                 : training::run_network_stage(results.study(), curves, results, communicator);
  outcome.interrupted = networks.interrupted;
  if (!outcome.interrupted) {
    report_failures(networks.failures, "networks that failed:", outcome);
    parallel::on_root(communicator, [&] { outcome.report += status::accuracy_table(results); });
  }
  report_deferred(networks.deferred, outcome);
}

/// wanted: whether also those are run that take their time.
void run_later_stages(After after, bool wanted, results::Results& results, const parallel::Communicator& communicator,
                      RunOutcome& outcome) {
  for (const layout::LaterStage& stage : layout::later_stages()) {
    if (outcome.interrupted || stage.after != after || !stage.group->exists(results.study()) ||
        (!stage.is_derived() && !wanted)) {
      continue;
    }
    const engine::StageOutcome part = stage.run(results, communicator);
    // What one rank wrote, others read now.
    parallel::collectively(communicator, [&results] { results.file().sync(); });
    results.share(communicator);
    outcome.interrupted = part.interrupted;
    report_failures(part.failures, fmt::format("failed in {}:", stage.name), outcome);
    report_deferred(part.deferred, outcome);
  }
}

RunOutcome run_all_stages(const RunRequest& request, const parallel::Communicator& communicator) {
  study::Study study = study::read_shared_study(request.sweep_file, request.overrides, communicator);
  study.run.retry_failed = request.retry_failed;
  study.run.max_failures = request.max_failures;
  study.run.part = request.part;
  study.run.deadline = study::Deadline::of_this_job(communicator);
  if (request.stage != Stage::network) {
    require_ranks(study.run.ranks_per_case, communicator.size());
  }
  if (communicator.rank() == 0) {
    for (const std::string& warning : layout::warnings(study)) {
      spdlog::warn("{}", warning);
    }
  }
  if (const auto end = study.run.deadline.when()) {
    interrupt_at(*end);
  }
  // Before --force replaces anything.
  std::optional<simulation::FinishedCases> reusable;
  if (!request.reuse_file.empty()) {
    parallel::collectively(communicator, [&] { reusable.emplace(request.reuse_file, layout::results_table()); });
  }
  results::Results results = open_results(request, study, communicator);
  RunOutcome outcome;
  const bool stopped_by_failures =
      request.stage != Stage::network &&
      run_devices(request, results, reusable ? &*reusable : nullptr, communicator, outcome);
  run_later_stages(After::devices, runs_after(After::devices, request) && !stopped_by_failures, results, communicator,
                   outcome);
  const bool networks_wanted = study.has_network && runs_after(After::networks, request);
  if (networks_wanted && stopped_by_failures) {
    outcome.report += "no networks trained, since the devices were stopped\n";
  } else if (networks_wanted && !outcome.interrupted) {
    run_networks(results, communicator, outcome);
  }
  run_later_stages(After::networks, runs_after(After::networks, request) && !stopped_by_failures, results, communicator,
                   outcome);
  if (outcome.interrupted) {
    outcome.report += fmt::format("interrupted; resume with the same command: {}\n", command_of(request));
  }
  results.file().close();
  return outcome;
}

}  // namespace

RunOutcome run_study(const RunRequest& request, const parallel::Communicator& communicator) {
  const InterruptionSignals signals;
  RunOutcome outcome;
  parallel::run_collective(communicator, [&] { outcome = run_all_stages(request, communicator); });
  return outcome;
}

}  // namespace spinsweep::sweep
