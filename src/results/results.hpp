#pragma once

#include <string>
#include <vector>

#include "parallel/communicator.hpp"
#include "results/cells.hpp"
#include "results/kept_columns.hpp"
#include "results/layout.hpp"
#include "results/variable.hpp"
#include "store/results_file.hpp"
#include "study/study.hpp"

namespace spinsweep::results {

class DeviceResults;

/// An open results file with its study, in whose plans the current densities found by a bisection are filled in.
/// Variables are read and written through their declarations:
///
///     results[test_accuracy].at(variant, neuron, data_set, seed, deployment).write(0.97);
///     const auto trace = results.of(*plan.base.kind)[wall_position].at(k).read();
///
/// Statuses and other variables declared kept_in_memory are kept in memory too. A rank knows what it has written itself
/// at once, and what others have written after share().
class Results {
 public:
  /// Opens a file for reading. Not collective. Errors: EnvironmentError if it is not a results file of this layout.
  [[nodiscard]] static Results open_for_reading(const std::string& path, const Table& table);

  /// Takes a file that is open for reading or, not shared with other ranks, for writing.
  Results(store::ResultsFile file, study::Study study, const Table& table);

  /// Takes a file that all ranks have opened for writing. Collective.
  Results(store::ResultsFile file, study::Study study, const Table& table, const parallel::Communicator& communicator);

  [[nodiscard]] const study::Study& study() const { return study_; }
  [[nodiscard]] const study::DevicePlan& plan(const device::Kind& kind) const { return study_.plan(kind); }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] store::ResultsFile& file() { return file_; }
  [[nodiscard]] const store::ResultsFile& file() const { return file_; }

  template <store::Storable T>
  [[nodiscard]] Cells<T> operator[](const Variable<T>& variable) {
    return {file_, kept_, path_of(variable.description())};
  }
  template <store::Storable T>
  [[nodiscard]] Reader<T> operator[](const Variable<T>& variable) const {
    return {file_, path_of(variable.description())};
  }

  /// The variables of a device's group.
  [[nodiscard]] DeviceResults of(const device::Kind& kind);
  [[nodiscard]] const DeviceResults of(const device::Kind& kind) const;  // NOLINT(readability-const-return-type)

  /// The variable of that path. Its type must be T.
  template <store::Storable T>
  [[nodiscard]] Cells<T> cells(const std::string& path) {
    return {file_, kept_, path};
  }

  /// The file's variable of that path. Errors: Error if it has none.
  [[nodiscard]] const Entry& entry(const std::string& path) const;

  /// All statuses, row-major, from memory.
  [[nodiscard]] std::vector<store::CaseStatus> statuses(const Status& status) const {
    return statuses_at(path_of(status.description()));
  }
  [[nodiscard]] std::vector<store::CaseStatus> statuses_at(const std::string& path) const;

  /// Makes known to all ranks what each has written since the last call. Collective.
  void share(const parallel::Communicator& communicator);

  /// Cases and trainings that are `running` when a run begins were left behind by one that was killed: they become
  /// `interrupted`. Collective: the first rank writes. Errors: EnvironmentError, on all ranks alike.
  void reset_orphans(const parallel::Communicator& communicator);

 private:
  friend class DeviceResults;

  [[nodiscard]] static std::string path_of(const Description& variable) {
    return store::join(variable.group->path(), variable.name);
  }
  void complete_plans();

  store::ResultsFile file_;
  study::Study study_;
  std::vector<Entry> entries_;
  KeptColumns kept_;
};

/// The results of one device, as long as the Results live.
class DeviceResults {
 public:
  DeviceResults(Results& results, const device::Kind& kind) : results_(&results), kind_(&kind) {}

  template <store::Storable T>
  [[nodiscard]] Cells<T> operator[](const Variable<T>& variable) {
    return {results_->file_, results_->kept_, path_of(variable.description())};
  }
  template <store::Storable T>
  [[nodiscard]] Reader<T> operator[](const Variable<T>& variable) const {
    return {results_->file_, path_of(variable.description())};
  }

  /// The current density of each case, if it is swept.
  [[nodiscard]] Cells<double> current_densities();

  [[nodiscard]] std::vector<store::CaseStatus> statuses(const Status& status) const {
    return results_->statuses_at(path_of(status.description()));
  }

  /// One element of a variable that is kept, from memory.
  [[nodiscard]] double kept(const Variable<double>& variable, std::size_t index) const {
    return results_->kept_.column(path_of(variable.description())).numbers.at(index);
  }
  [[nodiscard]] std::string kept_text(const Variable<char>& variable, std::size_t row) const;

 private:
  [[nodiscard]] std::string path_of(const Description& variable) const {
    return store::join(Group::path_of(*kind_), variable.name);
  }

  Results* results_;
  const device::Kind* kind_;
};

}  // namespace spinsweep::results
