#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/results.hpp"

namespace spinsweep::status {

/// A case and what is to be said of it.
struct ReportedCase {
  std::uint64_t index = 0;
  std::string name;        ///< "case 3: notches.count 5, pulse.current_density 3e+11"
  std::string message;     ///< why it failed
  double wall_time = 0.0;  ///< computing time, s
};

/// How far a stage ("neuron", "synapse", "network", ...) is.
struct StageReport {
  std::string name;
  bool is_of_device = false;
  std::uint64_t done = 0;
  std::uint64_t running = 0;
  std::uint64_t failed = 0;
  std::uint64_t waiting = 0;
  std::uint64_t interrupted = 0;       ///< stopped, or running when their run was killed
  double core_seconds_left = 0.0;      ///< estimated, corrected by what the cases done so far took
  std::vector<ReportedCase> failures;  ///< of a device
  std::vector<ReportedCase> slowest;   ///< the five done cases of a device that took longest
};

/// How far a results file is, whether a run writes to it or not.
struct StatusReport {
  std::string file;
  bool being_written = false;
  std::vector<StageReport> stages;

  /// Until all stages are done with as many ranks, or groups of ranks, as work now, s; nothing if none
  /// does though something is left.
  [[nodiscard]] std::optional<double> seconds_left() const;
};

/// How far an open file is; a run may write to it.
[[nodiscard]] StatusReport report_status(const results::Results& results, bool being_written);

/// Errors: EnvironmentError if the file is missing, damaged, foreign or of another layout.
[[nodiscard]] StatusReport read_status_report(const std::string& results_file);

/// The report as text of at most 80 columns but for the names and reasons of cases.
[[nodiscard]] std::string to_text(const StatusReport& report);

/// The report as one JSON object.
[[nodiscard]] std::string to_json(const StatusReport& report);

}  // namespace spinsweep::status
