#include "sweep/finished_cases.hpp"

#include <spdlog/spdlog.h>

#include <set>
#include <vector>

#include "base/error.hpp"
#include "parallel/agree.hpp"
#include "store/case_status.hpp"
#include "store/writer_lock.hpp"
#include "sweep/case_copier.hpp"
#include "sweep/found_currents.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"
#include "sweep/stored_study.hpp"

namespace spinsweep::sweep {

using store::CaseStatus;

namespace {

std::string device_path(const study::DevicePlan& plan) {
  return "/" + group_name(plan.base.kind);
}

std::vector<std::int8_t> status_of(const store::ResultsFile& file, const study::DevicePlan& plan) {
  return file.read<std::int8_t>(device_path(plan) + "/status");
}

/// Rows reach the disk before any status says that they are there.
void commit_all(store::ResultsFile& file, const std::string& variable, const std::vector<std::int8_t>& status) {
  file.sync();
  file.write<std::int8_t>(variable, {0}, {status.size()}, status);
  file.sync();
}

}  // namespace

FinishedCases::FinishedCases(const std::string& results_file)
    : file_(store::ResultsFile::open_for_reading(results_file)) {
  study::Study study = read_stored_study(file_);
  if (store::is_being_written(results_file)) {
    throw EnvironmentError(results_file + ": a run is writing to it, so its cases cannot be taken over yet");
  }
  if (const auto revision = file_.text_attribute("/", "git_revision"); revision != git_revision()) {
    spdlog::warn("{}: made by revision {} of spinsweep, this is {}; its cases are taken over as they are", results_file,
                 revision, git_revision());
  }
  for (auto* plan : {&study.neuron, &study.synapse}) {
    fill_in_found_currents(*plan, file_);
    add(*plan);
  }
}

void FinishedCases::add(const study::DevicePlan& plan) {
  if (plan.cases.empty()) {
    return;
  }
  const auto status = status_of(file_, plan);
  for (std::size_t k = 0; k < plan.cases.size() && k < status.size(); ++k) {
    if (says(status[k], CaseStatus::done) && study::is_comparable(plan.cases[k])) {
      index_.try_emplace(study::physical_key(plan.cases[k]), k);
    }
  }
}

std::optional<std::uint64_t> FinishedCases::find(const device::DeviceParameters& parameters) const {
  if (!study::is_comparable(parameters)) {
    return {};
  }
  const auto found = index_.find(study::physical_key(parameters));
  return found != index_.end() ? std::optional(found->second) : std::nullopt;
}

void take_over(const FinishedCases& finished, const study::DevicePlan& plan, store::ResultsFile& file,
               const parallel::Communicator& communicator) {
  std::size_t taken = 0;
  parallel::collectively(communicator, [&] {
    if (communicator.rank() != 0 || plan.cases.empty() || !finished.file().exists(device_path(plan))) {
      return;
    }
    auto status = status_of(file, plan);
    CaseCopier copier(finished.file(), file, device_group(plan, plan.base.kind, 1));
    for (std::size_t k = 0; k < plan.cases.size(); ++k) {
      const auto source = finished.find(plan.cases[k]);
      if (source && !says(status[k], CaseStatus::done)) {
        copier.copy(*source, k);
        status[k] = static_cast<std::int8_t>(CaseStatus::done);
        ++taken;
      }
    }
    if (taken > 0) {
      commit_all(file, device_path(plan) + "/status", status);
    }
  });
  if (communicator.rank() == 0) {
    spdlog::info("{}: {} cases taken over from {}", group_name(plan.base.kind), taken, finished.file().path().string());
  }
}

std::size_t spread_to_identical(const study::DevicePlan& plan, store::ResultsFile& file,
                                const parallel::Communicator& communicator) {
  std::size_t changed = 0;
  parallel::collectively(communicator, [&] {
    if (communicator.rank() != 0) {
      return;
    }
    const auto first = first_identical_cases(plan);
    if (std::set(first.begin(), first.end()).size() == first.size()) {
      return;
    }
    auto status = status_of(file, plan);
    CaseCopier copier(file, file, device_group(plan, plan.base.kind, 1));
    for (std::size_t k = 0; k < first.size(); ++k) {
      const std::int8_t outcome = status[first[k]];
      if (outcome != status[k] && (says(outcome, CaseStatus::done) || says(outcome, CaseStatus::failed))) {
        copier.copy(first[k], k);
        status[k] = outcome;
        ++changed;
      }
    }
    if (changed > 0) {
      commit_all(file, device_path(plan) + "/status", status);
    }
  });
  return changed;
}

}  // namespace spinsweep::sweep
