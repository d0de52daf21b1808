#include "results/results.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "parallel/agree.hpp"
#include "study/parameter.hpp"

namespace spinsweep::results {

namespace {

std::string current_density_of(const device::Kind& kind) {
  return store::join(Group::path_of(kind), study::variable_name("pulse.current_density"));
}

}  // namespace

Results Results::open_for_reading(const std::string& path, const Table& table) {
  store::ResultsFile file = store::ResultsFile::open_for_reading(path);
  study::Study study = read_stored_study(file, table);
  return {std::move(file), std::move(study), table};
}

Results::Results(store::ResultsFile file, study::Study study, const Table& table)
    : file_(std::move(file)), study_(std::move(study)), entries_(layout_of(table, study_).entries) {
  kept_.load(file_, entries_);
  complete_plans();
}

Results::Results(store::ResultsFile file, study::Study study, const Table& table,
                 const parallel::Communicator& communicator)
    : file_(std::move(file)), study_(std::move(study)), entries_(layout_of(table, study_).entries) {
  // What the first rank sees counts: the others may already see what it writes later.
  parallel::collectively(communicator, [&] {
    if (communicator.rank() == 0) {
      kept_.load(file_, entries_);
    }
  });
  kept_.broadcast(communicator);
  complete_plans();
}

DeviceResults Results::of(const device::Kind& kind) {
  return {*this, kind};
}

const DeviceResults Results::of(const device::Kind& kind) const {  // NOLINT(readability-const-return-type)
  // A const DeviceResults only reads.
  return {const_cast<Results&>(*this), kind};  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

const Entry& Results::entry(const std::string& path) const {
  const auto found = std::ranges::find(entries_, path, &Entry::path);
  if (found == entries_.end()) {
    throw Error(path + " is no variable of " + file_.path().string());
  }
  return *found;
}

void Results::share(const parallel::Communicator& communicator) {
  kept_.share(communicator);
  complete_plans();
}

void Results::reset_orphans(const parallel::Communicator& communicator) {
  parallel::collectively(communicator, [&] {
    for (const Entry& entry : entries_) {
      if (communicator.rank() != 0 || entry.description.role != Role::status) {
        continue;
      }
      Cells<std::int8_t> status(file_, kept_, entry.path());
      const auto running = static_cast<std::int8_t>(store::CaseStatus::running);
      auto values = status.read();
      if (std::ranges::find(values, running) != values.end()) {
        std::ranges::replace(values, running, static_cast<std::int8_t>(store::CaseStatus::interrupted));
        status.write(values);
        file_.sync();
      }
    }
  });
  share(communicator);
}

std::vector<store::CaseStatus> Results::statuses_at(const std::string& path) const {
  std::vector<store::CaseStatus> statuses;
  std::ranges::transform(kept_.column(path).numbers, std::back_inserter(statuses), [](double number) {
    return static_cast<store::CaseStatus>(static_cast<std::int8_t>(number));
  });
  return statuses;
}

void Results::complete_plans() {
  for (study::DevicePlan& plan : study_.devices) {
    if (!plan.bisection.exists()) {
      continue;
    }
    const auto& found = kept_.column(current_density_of(*plan.base.kind)).numbers;
    for (std::size_t k = 0; k < plan.cases.size(); ++k) {
      plan.cases[k].pulse.current_density = found.at(k);
    }
  }
}

Cells<double> DeviceResults::current_densities() {
  return {results_->file_, results_->kept_, current_density_of(*kind_)};
}

std::string DeviceResults::kept_text(const Variable<char>& variable, std::size_t row) const {
  const auto& texts = results_->kept_.column(path_of(variable.description())).texts;
  const auto found = texts.find(row);
  return found == texts.end() ? std::string() : found->second;
}

}  // namespace spinsweep::results
