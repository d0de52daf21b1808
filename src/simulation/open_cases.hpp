#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/task.hpp"
#include "store/case_status.hpp"
#include "study/study.hpp"

namespace spinsweep::simulation {

/// Which cases of a device a run has still to simulate: those of its part of the study that are not done, nor failed
/// unless these are to be retried, and of physically identical ones only the first.
class OpenCases {
 public:
  /// status: of every case of the plan. The plan must outlive this object.
  OpenCases(const study::DevicePlan& plan, const study::RunSettings& settings, std::vector<store::CaseStatus> status);

  [[nodiscard]] bool contains(std::size_t index) const { return open_[index]; }
  [[nodiscard]] const std::vector<bool>& flags() const { return open_; }
  [[nodiscard]] std::vector<std::size_t> list() const;

  /// Whether the case was done before this run.
  [[nodiscard]] bool was_done(std::size_t index) const { return status_[index] == store::CaseStatus::done; }

  /// Cases of this run's part that are not open: done before, failed before, or identical to another.
  [[nodiscard]] std::size_t closed_count() const;

  /// A task for each piece of work_pieces() with at least one open case, whose number it has. has_checkpoint: whether
  /// a case was begun by an earlier run.
  [[nodiscard]] std::vector<engine::Task> tasks(const std::function<bool(std::size_t)>& has_checkpoint) const;

 private:
  const study::DevicePlan& plan_;
  std::vector<store::CaseStatus> status_;
  std::vector<bool> mine_;  ///< whether a case belongs to RunSettings::part
  std::vector<bool> open_;
};

}  // namespace spinsweep::simulation
