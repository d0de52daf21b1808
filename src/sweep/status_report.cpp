#include "sweep/status_report.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "store/case_status.hpp"
#include "store/identity.hpp"
#include "store/results_file.hpp"
#include "store/writer_lock.hpp"
#include "study/estimate.hpp"
#include "study/read_study.hpp"
#include "sweep/found_currents.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

using store::CaseStatus;

namespace {

std::vector<CaseStatus> status_of(const store::ResultsFile& file, const std::string& group, bool being_written) {
  std::vector<CaseStatus> status;
  for (const std::int8_t number : file.read<std::int8_t>("/" + group + "/status")) {
    const auto value = static_cast<CaseStatus>(number);
    status.push_back(value == CaseStatus::running && !being_written ? CaseStatus::interrupted : value);
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

/// Computing time that is left, s: what was estimated, corrected by how right that was for the cases done.
double core_seconds_left(const study::DevicePlan& plan, const std::vector<CaseStatus>& status,
                         const std::vector<double>& wall_time) {
  // A case that is running is on average half done.
  constexpr double running_share = 0.5;
  double estimated = 0.0;
  double taken = 0.0;
  double left = 0.0;
  for (std::size_t k = 0; k < status.size(); ++k) {
    const double seconds = study::estimated_seconds(plan.cases[k]);
    if (status[k] == CaseStatus::done) {
      estimated += seconds;
      taken += wall_time[k];
    } else if (status[k] != CaseStatus::failed) {
      left += status[k] == CaseStatus::running ? running_share * seconds : seconds;
    }
  }
  return estimated > 0.0 ? left * taken / estimated : left;
}

std::vector<ReportedCase> slowest_of(std::vector<ReportedCase> cases) {
  constexpr std::size_t shown = 5;
  std::stable_sort(cases.begin(), cases.end(),
                   [](const ReportedCase& a, const ReportedCase& b) { return a.wall_time > b.wall_time; });
  cases.resize(std::min(cases.size(), shown));
  return cases;
}

StageReport report_device(const store::ResultsFile& file, const study::DevicePlan& plan, bool being_written) {
  const std::string group = group_name(plan.base.kind);
  const auto status = status_of(file, group, being_written);
  const auto wall_time = file.read<double>("/" + group + "/wall_time");
  StageReport stage = count(group, status);
  const auto named = [&](std::size_t k) { return ReportedCase{k, case_name(plan, k), {}, wall_time[k]}; };
  std::vector<ReportedCase> done;
  for (std::size_t k = 0; k < status.size(); ++k) {
    if (status[k] == CaseStatus::failed) {
      stage.failures.push_back(named(k));
      stage.failures.back().message = file.read_text("/" + group + "/message", k);
    } else if (status[k] == CaseStatus::done) {
      done.push_back(named(k));
    }
  }
  stage.slowest = slowest_of(std::move(done));
  stage.core_seconds_left = core_seconds_left(plan, status, wall_time);
  return stage;
}

}  // namespace

double StatusReport::seconds_left() const {
  const auto sum = [&](auto member) {
    return std::accumulate(stages.begin(), stages.end(), 0.0, [&](double total, const StageReport& stage) {
      return total + static_cast<double>(stage.*member);
    });
  };
  const double running = sum(&StageReport::running);
  return running > 0.0 ? sum(&StageReport::core_seconds_left) / running : 0.0;
}

StatusReport read_status_report(const std::string& results_file) {
  // Asked before the file is read: a run that ends meanwhile must not leave its last cases looking interrupted.
  const bool held_before = store::is_being_written(results_file);
  const auto file = store::ResultsFile::open_for_reading(results_file);
  store::require_spinsweep_file(file, schema_revision);
  StatusReport report{.file = results_file, .being_written = held_before, .stages = {}};
  study::Study study = study::parse_study(file.text_attribute("/", "sweep"), results_file);
  for (auto* plan : {&study.neuron, &study.synapse}) {
    if (!plan->cases.empty()) {
      fill_in_found_currents(*plan, file);
      report.stages.push_back(report_device(file, *plan, report.being_written));
    }
  }
  if (study.has_network) {
    report.stages.push_back(count("network", status_of(file, "network", report.being_written)));
  }
  return report;
}

}  // namespace spinsweep::sweep
