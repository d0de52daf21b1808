#include "simulation/finished_cases.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "base/error.hpp"
#include "base/version.hpp"
#include "base/words.hpp"
#include "parallel/agree.hpp"
#include "results/governed_rows.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"
#include "store/writer_lock.hpp"

namespace spinsweep::simulation {

using store::CaseStatus;

namespace {

/// Gives cases of a device what other rows hold, and then all of them their status at once: rows reach the disk before
/// any status says that they are there.
class CaseCopies {
 public:
  CaseCopies(const store::ResultsFile& source, results::Results& results, const device::Kind& kind)
      : source_(source),
        results_(results),
        status_(results.of(kind)[case_table::status]),
        rows_(results.entries(), results.entry(status_.path()), source),
        values_(results.of(kind).statuses(case_table::status)) {}

  [[nodiscard]] CaseStatus status(std::size_t index) const { return values_[index]; }
  [[nodiscard]] std::size_t count() const { return count_; }

  void copy(std::uint64_t from, std::uint64_t to, CaseStatus status) {
    rows_.copy(source_, {from}, results_, {to});
    values_[to] = status;
    ++count_;
  }

  void commit() {
    if (count_ > 0) {
      std::vector<std::int8_t> numbers;
      std::ranges::transform(values_, std::back_inserter(numbers),
                             [](CaseStatus status) { return static_cast<std::int8_t>(status); });
      results_.file().sync();
      status_.write(numbers);
      results_.file().sync();
    }
  }

 private:
  const store::ResultsFile& source_;
  results::Results& results_;
  results::Cells<std::int8_t> status_;
  results::GovernedRows rows_;
  std::vector<CaseStatus> values_;
  std::size_t count_ = 0;
};

}  // namespace

FinishedCases::FinishedCases(const std::string& results_file, const results::Table& table)
    : results_(results::Results::open_for_reading(results_file, table)) {
  if (store::is_being_written(results_file)) {
    throw EnvironmentError(results_file + ": a run is writing to it, so its cases cannot be reused yet");
  }
  if (const auto revision = file().text_attribute("/", "git_revision"); revision != git_revision()) {
    spdlog::warn("{}: made by revision {} of spinsweep, this is {}; its cases are reused unchanged", results_file,
                 revision, git_revision());
  }
  for (const study::DevicePlan& plan : results_.study().devices) {
    const auto status = results_.of(*plan.base.kind).statuses(case_table::status);
    for (std::size_t k = 0; k < plan.cases.size(); ++k) {
      if (status[k] == CaseStatus::done && study::is_comparable(plan.cases[k])) {
        index_.try_emplace(study::physical_key(plan.cases[k]), k);
      }
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

void take_over(const FinishedCases& finished, const study::DevicePlan& plan, results::Results& results,
               const parallel::Communicator& communicator) {
  const device::Kind& kind = *plan.base.kind;
  std::size_t taken = 0;
  parallel::collectively(communicator, [&] {
    if (communicator.rank() != 0 || !finished.file().exists(results::Group::path_of(kind))) {
      return;
    }
    CaseCopies copies(finished.file(), results, kind);
    for (std::size_t k = 0; k < plan.cases.size(); ++k) {
      const auto source = finished.find(plan.cases[k]);
      if (source && copies.status(k) != CaseStatus::done) {
        copies.copy(*source, k, CaseStatus::done);
      }
    }
    copies.commit();
    taken = copies.count();
  });
  results.share(communicator);
  if (communicator.rank() == 0) {
    spdlog::info("{}: {} reused from {}", kind.name, counted(taken, "case"), finished.file().path().string());
  }
}

std::size_t spread_to_identical(const study::DevicePlan& plan, results::Results& results,
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
    CaseCopies copies(results.file(), results, *plan.base.kind);
    for (std::size_t k = 0; k < first.size(); ++k) {
      const CaseStatus outcome = copies.status(first[k]);
      if (outcome != copies.status(k) && (outcome == CaseStatus::done || outcome == CaseStatus::failed)) {
        copies.copy(first[k], k, outcome);
      }
    }
    copies.commit();
    changed = copies.count();
  });
  results.share(communicator);
  return changed;
}

}  // namespace spinsweep::simulation
