#include "sweep/run_study.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "parallel/agree.hpp"
#include "parallel/run_together.hpp"
#include "store/results_file.hpp"
#include "study/shared_study.hpp"
#include "sweep/accuracy_table.hpp"
#include "sweep/analysis_stage.hpp"
#include "sweep/case_group.hpp"
#include "sweep/device_stage.hpp"
#include "sweep/finished_cases.hpp"
#include "sweep/found_currents.hpp"
#include "sweep/network_stage.hpp"
#include "sweep/open_results.hpp"
#include "sweep/part_of_plan.hpp"
#include "sweep/run_command.hpp"
#include "sweep/status_report.hpp"

namespace spinsweep::sweep {

namespace {

/// How long what this run does after the device stage takes as foreseen, on all ranks, s.
double seconds_after(const study::DevicePlan& plan, const study::Study& study, const RunRequest& request,
                     const store::ResultsFile& file, const parallel::Communicator& communicator) {
  double seconds = 0.0;
  parallel::agree_on(communicator, [&] {
    if (communicator.rank() != 0 || plan.cases.empty()) {
      return;
    }
    for (const StageReport& stage : report_status(file, study, true).stages) {
      const bool is_later = stage.name == "network" || stage.name == "training"
                                ? request.stage == Stage::all && request.part.count == 1
                                : stage.name == "synapse" && plan.cases.front().kind == device::Kind::neuron;
      seconds += is_later ? stage.core_seconds_left : 0.0;
    }
    seconds /= static_cast<double>(communicator.size()) * static_cast<double>(request.part.count);
  });
  MPI_Bcast(&seconds, 1, MPI_DOUBLE, 0, communicator.get());
  return seconds;
}

std::ptrdiff_t cases_in_part(const study::Part& part, const study::DevicePlan& plan) {
  const auto cases = cases_of(part, plan);
  return std::count(cases.begin(), cases.end(), true);
}

void add_failures(const std::vector<Failure>& failures, std::string& report) {
  for (const Failure& failure : failures) {
    report += fmt::format("  {}\n    {}\n", failure.name, failure.reason);
  }
}

/// Adds what failed of the networks, if anything has, below a heading.
void tell_failures(const std::vector<Failure>& failures, const char* heading, RunOutcome& outcome) {
  if (!failures.empty()) {
    outcome.failures = true;
    outcome.report += fmt::format("{}\n", heading);
    add_failures(failures, outcome.report);
  }
}

/// Returns whether RunRequest::max_failures was reached.
bool run_devices(const study::Study& study, const RunRequest& request, store::ResultsFile& file,
                 const FinishedCases* reusable, const parallel::Communicator& communicator, RunOutcome& outcome) {
  int done = 0;
  std::int64_t put_off = 0;
  std::vector<Failure> failures;
  bool stopped_by_failures = false;
  for (const auto* plan : {&study.neuron, &study.synapse}) {
    if (outcome.interrupted || stopped_by_failures) {
      break;
    }
    const StageOutcome part = run_device_stage(*plan, study.run, reusable, file, communicator,
                                               seconds_after(*plan, study, request, file, communicator));
    done += part.done;
    put_off += part.put_off;
    failures.insert(failures.end(), part.failures.begin(), part.failures.end());
    stopped_by_failures = part.stopped_by_failures;
    outcome.interrupted = part.interrupted && !part.stopped_by_failures;
  }
  outcome.failures = !failures.empty();
  outcome.report += fmt::format("{} of {} cases done, {} failed\n", done,
                                cases_in_part(request.part, study.neuron) + cases_in_part(request.part, study.synapse),
                                failures.size());
  add_failures(failures, outcome.report);
  if (put_off > 0) {
    outcome.report += fmt::format("{} not begun: the batch job would have ended before them\n", put_off);
  }
  if (stopped_by_failures) {
    outcome.report += fmt::format("stopped, since {} cases failed (--max-failures)\n", study.run.max_failures);
  }
  if (outcome.failures) {
    outcome.report += fmt::format("simulate the failed ones again: {} --retry-failed\n", command_of(request));
  }
  return stopped_by_failures;
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
  if (const auto end = study.run.deadline.when()) {
    interrupt_at(*end);
  }
  // Before --force replaces anything.
  std::optional<FinishedCases> reusable;
  if (!request.reuse_file.empty()) {
    parallel::agree_on(communicator, [&] { reusable.emplace(request.reuse_file); });
  }
  store::ResultsFile file = open_results(request, study, communicator);
  RunOutcome outcome;
  const bool stopped_by_failures =
      request.stage != Stage::network &&
      run_devices(study, request, file, reusable ? &*reusable : nullptr, communicator, outcome);
  fill_in_found_currents(study.synapse, file);
  const bool networks_wanted = study.has_network && request.stage != Stage::device && request.part.count == 1;
  if (networks_wanted && stopped_by_failures) {
    outcome.report += "no networks trained, since the devices were stopped\n";
  } else if (networks_wanted && !outcome.interrupted) {
    try {
      const VariantCurves curves = derive_variants(study, file, communicator);
      tell_failures(curves.failures, "no networks on these:", outcome);
      tell_failures(run_network_stage(study, curves, file, communicator), "networks that failed:", outcome);
      parallel::agree_on(communicator, [&] {
        outcome.report += communicator.rank() == 0 ? accuracy_table(study, file) : std::string();
      });
    } catch (const Interrupted&) {
      outcome.interrupted = true;
    }
  }
  if (!outcome.interrupted) {
    run_analysis_stage(study, file, communicator);
  }
  if (outcome.interrupted) {
    outcome.report += fmt::format("interrupted; go on with the same command: {}\n", command_of(request));
  }
  file.close();
  return outcome;
}

}  // namespace

RunOutcome run_study(const RunRequest& request, const parallel::Communicator& communicator) {
  const InterruptionSignals signals;
  RunOutcome outcome;
  parallel::run_together(communicator, [&] { outcome = run_all_stages(request, communicator); });
  return outcome;
}

}  // namespace spinsweep::sweep
