#pragma once

#include <string>
#include <vector>

namespace spinsweep::slurm {

/// The options of `spinsweep submit`.
struct SubmitRequest {
  std::string sweep_file;
  std::string results_file;
  std::vector<std::string> overrides;  ///< key=value, as for run
  int nodes = 1;
  int ranks = 1;     ///< in all, not on each node
  std::string time;  ///< in the form of sbatch: minutes, HH:MM:SS, D-HH, ...
  std::string partition;
  std::string account;
  int array = 0;         ///< elements of a job array that share the study; 0: one job
  bool dry_run = false;  ///< show the scripts and write nothing
  bool force = false;    ///< replace scripts that differ
};

/// Where a script's commands run.
struct Surroundings {
  std::string program;  ///< spinsweep, absolute
  std::string folder;   ///< that relative paths start from, absolute
  std::string study;    ///< its name
};

/// A script for sbatch.
struct BatchScript {
  std::string path;
  std::string text;
};

/// The scripts that run a study, made from jobs/submit.sh.in: one, or for an array two, the elements' and the one that
/// merges their results files and runs the rest, to be submitted in that order. They are written next to the results
/// file: RESULTS.sh and RESULTS.merge.sh. Errors: InputError, naming the option, if the request makes no sense.
[[nodiscard]] std::vector<BatchScript> batch_scripts(const SubmitRequest& request, const Surroundings& surroundings);

/// Seconds of a time limit as sbatch takes it: MM, MM:SS, HH:MM:SS, D-HH, D-HH:MM or D-HH:MM:SS. Errors: InputError.
[[nodiscard]] double time_limit_seconds(const std::string& text);

/// The text as one word of a shell command.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace spinsweep::slurm
