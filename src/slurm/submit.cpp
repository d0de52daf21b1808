#include "slurm/submit.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/words.hpp"
#include "network/idx.hpp"
#include "status/study_estimate.hpp"
#include "store/disk.hpp"
#include "study/read_study.hpp"

namespace spinsweep::slurm {

namespace {

namespace fs = std::filesystem;

/// Lets the user notice a wrong time limit before the job starts.
void log_estimate(const study::Study& study, const SubmitRequest& request) {
  const double seconds = status::estimated_seconds(study).total();
  const int ranks = request.ranks * std::max(1, request.array);
  spdlog::info("the study takes about {:.3g} core hours: {} on {}; each job may take {}", seconds / 3600.0,
               duration(seconds / ranks), counted(ranks, "rank"), duration(time_limit_seconds(request.time)));
}

/// Of each data set that the job would end for want of.
void warn_of_missing_data_sets(const study::Study& study) {
  if (!study.has_network) {
    return;
  }
  for (const std::string& name : study.network.datasets) {
    try {
      network::require_data_set_files(fs::path(study.network.data_folder) / name);
    } catch (const EnvironmentError& error) {
      spdlog::warn("{}", error.what());
    }
  }
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void refuse_to_overwrite(const BatchScript& script) {
  if (fs::exists(script.path) && content_of(script.path) != script.text) {
    throw InputError(
        fmt::format("{}: exists already with another content; submit it with: sbatch {}, or replace it "
                    "with --force",
                    script.path, shell_word(script.path)));
  }
}

void write(const BatchScript& script) {
  std::ofstream file(script.path);
  file << script.text << std::flush;
  if (!file) {
    throw EnvironmentError(script.path + ": cannot be written");
  }
  fs::permissions(script.path, fs::perms::owner_exec, fs::perm_options::add);
}

/// The start of a command that runs in the environment this process was started in. MPI_Init has added variables since:
/// in the job, they would have mpirun believe that it belongs to this process, and it would end at once with code 1.
std::string in_original_environment() {
  std::set<std::string> original;
  std::ifstream file("/proc/self/environ");
  for (std::string entry; std::getline(file, entry, '\0');) {
    original.insert(entry.substr(0, entry.find('=')));
  }
  std::string command = "env";
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    if (!original.contains(name)) {
      command += " -u " + shell_word(name);
    }
  }
  return command;
}

/// Returns the job's number. Messages of sbatch go to stderr. `before`: the jobs submitted so far, for the error
/// message.
std::string call_sbatch(const BatchScript& script, const std::string& dependency, const std::string& before) {
  const std::string command =
      fmt::format("{} sbatch --parsable {} {}", in_original_environment(), dependency, shell_word(script.path));
  std::string output;
  {
    const auto close = [](FILE* pipe) { pclose(pipe); };
    std::unique_ptr<FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    if (!pipe) {
      throw EnvironmentError("sbatch could not be started");
    }
    std::array<char, 256> line = {};
    while (std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
      output += line.data();
    }
    const int status = pclose(pipe.release());
    if (status != 0) {
      throw EnvironmentError(fmt::format("sbatch ended with code {}; the script was written: {}{}",
                                         WIFEXITED(status) ? WEXITSTATUS(status) : -1, script.path,
                                         before.empty() ? "" : "; submitted already: " + before));
    }
  }
  return output.substr(0, output.find_first_of(";\n"));
}

/// What the user started: this program, or the launcher that chose it for the processor at hand.
std::string program() {
  const char* const launcher = std::getenv("SPINSWEEP_LAUNCHER");
  return launcher != nullptr ? launcher : fs::read_symlink("/proc/self/exe").string();
}

}  // namespace

std::string submit(const SubmitRequest& request) {
  const study::Study study = study::read_study(request.sweep_file, request.overrides);
  if (study.run.ranks_per_case > request.ranks) {
    throw InputError(fmt::format("--ranks {}: expected at least {}, since solver.ranks_per_case is that", request.ranks,
                                 study.run.ranks_per_case));
  }
  const auto scripts = batch_scripts(request, {program(), fs::current_path().string(), study.name});
  log_estimate(study, request);
  warn_of_missing_data_sets(study);
  std::string report;
  if (request.dry_run) {
    for (const auto& script : scripts) {
      report += (report.empty() ? "" : fmt::format("\n# ==== {} ====\n\n", script.path)) + script.text;
    }
    return report;
  }
  store::require_writable_folder(store::folder_of(request.results_file));
  for (const auto& script : scripts) {
    if (!request.force) {
      refuse_to_overwrite(script);
    }
  }
  for (const auto& script : scripts) {
    write(script);
  }
  std::string dependency;
  std::string before;
  for (const auto& script : scripts) {
    const std::string job = call_sbatch(script, dependency, before);
    before = fmt::format("job {}: {}", job, script.path);
    report += before + "\n";
    dependency = fmt::format("--dependency=afterok:{} --kill-on-invalid-dep=yes", job);
  }
  return report;
}

}  // namespace spinsweep::slurm
