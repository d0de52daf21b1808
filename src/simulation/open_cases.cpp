#include "simulation/open_cases.hpp"

#include <algorithm>
#include <utility>

#include "study/case_identity.hpp"
#include "study/estimate.hpp"
#include "study/part_of_plan.hpp"

namespace spinsweep::simulation {

using store::CaseStatus;

OpenCases::OpenCases(const study::DevicePlan& plan, const study::RunSettings& settings, std::vector<CaseStatus> status)
    : plan_(plan), status_(std::move(status)), mine_(cases_of(settings.part, plan)), open_(plan.cases.size()) {
  const std::vector<std::size_t> first_identical = study::first_identical_cases(plan);
  for (std::size_t k = 0; k < open_.size(); ++k) {
    open_[k] = mine_[k] && first_identical[k] == k && !was_done(k) &&
               (status_[k] != CaseStatus::failed || settings.retry_failed);
  }
}

std::vector<std::size_t> OpenCases::list() const {
  std::vector<std::size_t> list;
  for (std::size_t k = 0; k < open_.size(); ++k) {
    if (open_[k]) {
      list.push_back(k);
    }
  }
  return list;
}

std::size_t OpenCases::closed_count() const {
  return static_cast<std::size_t>(std::count(mine_.begin(), mine_.end(), true) -
                                  std::count(open_.begin(), open_.end(), true));
}

std::vector<engine::Task> OpenCases::tasks(const std::function<bool(std::size_t)>& has_checkpoint) const {
  std::vector<engine::Task> tasks;
  const auto pieces = work_pieces(plan_);
  for (std::size_t number = 0; number < pieces.size(); ++number) {
    const auto& piece = pieces[number];
    engine::Task task{.number = number};
    for (const std::size_t k : piece) {
      task.cost += contains(k) ? study::estimated_seconds(plan_, k) : 0.0;
      task.has_checkpoint = task.has_checkpoint || has_checkpoint(k);
    }
    if (std::any_of(piece.begin(), piece.end(), [this](std::size_t k) { return contains(k); })) {
      tasks.push_back(task);
    }
  }
  return tasks;
}

}  // namespace spinsweep::simulation
