#include "slurm/batch_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "slurm/batch_template.hpp"

namespace spinsweep::slurm {

namespace {

namespace fs = std::filesystem;
using Fields = std::vector<std::pair<std::string, std::string>>;

/// SLURM sends its signal at the time given in the template, or up to 60 s earlier.
constexpr double shortest_job = 300.0;
constexpr int largest_array = 1000;

bool is_plain(char c) {
  return std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,/+=:@%").find(c) !=
         std::string_view::npos;
}

bool is_plain(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c); });
}

void require_one_line(const std::string& text, const std::string& what) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; })) {
    throw InputError(
        fmt::format("{} contains a line break or another control character, which a batch script "
                    "cannot hold",
                    what));
  }
}

/// A value of an #SBATCH line. sbatch takes a quoted value, in which a backslash quotes the next character.
std::string directive_value(const std::string& text) {
  if (is_plain(text)) {
    return text;
  }
  std::string quoted;
  for (const char c : text) {
    quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return '"' + quoted + '"';
}

/// sbatch replaces %j and others in the name of the log.
std::string log_pattern(const std::string& name, const std::string& job) {
  std::string pattern;
  for (const char c : name) {
    pattern += c == '%' ? "%%" : std::string(1, c);
  }
  return pattern + job;
}

std::string job_name(const std::string& study) {
  std::string name = study.empty() ? "spinsweep" : study;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_plain(c) || c == '/'; }, '-');
  return name;
}

std::string fill_in(std::string_view text, const Fields& fields) {
  std::string filled;
  while (!text.empty()) {
    const auto* field = std::find_if(fields.data(), fields.data() + fields.size(), [&](const auto& candidate) {
      return text.substr(0, candidate.first.size() + 2) == "@" + candidate.first + "@";
    });
    if (field == fields.data() + fields.size()) {
      filled += text.front();
      text.remove_prefix(1);
    } else {
      filled += field->second;
      text.remove_prefix(field->first.size() + 2);
    }
  }
  return filled;
}

std::string option(const std::string& name, const std::string& value) {
  return value.empty() ? "" : fmt::format("#SBATCH --{}={}\n", name, directive_value(value));
}

void check(const SubmitRequest& request, const Surroundings& surroundings) {
  require_one_line(surroundings.program, "the path of spinsweep");
  require_one_line(surroundings.folder, "the path of the present folder");
  require_one_line(request.sweep_file, "the path of the sweep file");
  require_one_line(request.results_file, "-o");
  require_one_line(request.partition, "--partition");
  require_one_line(request.account, "--account");
  for (const auto& override_text : request.overrides) {
    require_one_line(override_text, "--set");
  }
  if (request.nodes < 1) {
    throw InputError(fmt::format("--nodes {}: expected at least 1", request.nodes));
  }
  if (request.ranks < request.nodes) {
    throw InputError(
        fmt::format("--ranks {}: expected at least one for each of the {} nodes; it is the total number "
                    "of ranks",
                    request.ranks, request.nodes));
  }
  if (time_limit_seconds(request.time) < shortest_job) {
    throw InputError(
        fmt::format("--time {}: expected at least 5 minutes, since a job saves its work up to 3 minutes "
                    "before its end",
                    request.time));
  }
  if (request.array != 0 && (request.array < 2 || request.array > largest_array)) {
    throw InputError(fmt::format("--array {}: expected 2 to {} elements", request.array, largest_array));
  }
}

/// RESULTS of RESULTS.h5, with its folder.
std::string without_extension(const std::string& path) {
  return fs::path(path).replace_extension().string();
}

/// The command that runs the study as a shell array, one option on each line; `results` and `part` are shell text,
/// `part` may be empty.
std::string run_command(const SubmitRequest& request, const std::string& results, const std::string& part) {
  std::string lines =
      fmt::format("(\n  mpirun \"$spinsweep\" run {}\n  -o {}\n", shell_word(request.sweep_file), results);
  for (const auto& override_text : request.overrides) {
    lines += fmt::format("  --set {}\n", shell_word(override_text));
  }
  return lines + (part.empty() ? "" : fmt::format("  --part {}\n", part)) + ")\n";
}

/// A name that differs between the elements of an array: `middle` is shell text.
std::string part_of(const std::string& results, const std::string& middle) {
  const std::string extension = fs::path(results).extension().string();
  return shell_word(without_extension(results)) + "." + middle + (extension.empty() ? "" : shell_word(extension));
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (is_plain(text)) {
    return text;
  }
  std::string quoted;
  for (const char c : text) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return "'" + quoted + "'";
}

double time_limit_seconds(const std::string& text) {
  static const std::regex with_days("([0-9]{1,4})-([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2}))?)?");
  static const std::regex hours("([0-9]{1,5}):([0-9]{1,2}):([0-9]{1,2})");
  static const std::regex minutes("([0-9]{1,7})(?::([0-9]{1,2}))?");
  const auto number = [](const std::ssub_match& match) { return match.matched ? std::stod(match.str()) : 0.0; };
  std::smatch m;
  if (std::regex_match(text, m, with_days)) {
    return ((number(m[1]) * 24.0 + number(m[2])) * 60.0 + number(m[3])) * 60.0 + number(m[4]);
  }
  if (std::regex_match(text, m, hours)) {
    return (number(m[1]) * 60.0 + number(m[2])) * 60.0 + number(m[3]);
  }
  if (std::regex_match(text, m, minutes)) {
    return number(m[1]) * 60.0 + number(m[2]);
  }
  throw InputError(fmt::format("--time {}: expected minutes, HH:MM:SS or DAYS-HH:MM:SS, such as 04:00:00", text));
}

std::vector<BatchScript> batch_scripts(const SubmitRequest& request, const Surroundings& surroundings) {
  check(request, surroundings);
  const auto script = [&](const std::string& ending, const std::string& purpose, const std::string& array,
                          const std::string& job_in_log, const std::string& commands) {
    const std::string path = without_extension(request.results_file) + ending;
    const std::string options =
        option("array", array) + option("partition", request.partition) + option("account", request.account);
    return BatchScript{
        path, fill_in(batch_template,
                      {{"PURPOSE", purpose},
                       {"SCRIPT", shell_word(path)},
                       {"NAME", job_name(surroundings.study)},
                       {"NODES", std::to_string(request.nodes)},
                       {"RANKS", std::to_string(request.ranks)},
                       {"TIME", request.time},
                       {"OPTIONS", options},
                       {"FOLDER", directive_value(surroundings.folder)},
                       {"LOG", directive_value(log_pattern(without_extension(request.results_file), job_in_log))},
                       {"COMMANDS",
                        fmt::format("job={}\nspinsweep={}\n{}",
                                    array.empty() ? "$SLURM_JOB_ID" : "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID",
                                    shell_word(surroundings.program), commands)}})};
  };
  const std::string results = shell_word(request.results_file);
  if (request.array == 0) {
    return {
        script(".sh", "Runs a study, or resumes it.", "", ".%j.log", "program=" + run_command(request, results, ""))};
  }
  const int last = request.array - 1;
  return {
      script(".sh", fmt::format("Simulates the cases of a study, divided among {} array elements.", request.array),
             fmt::format("0-{}", last), ".%A_%a.log",
             fmt::format("results={}\nprogram=", part_of(request.results_file, "$SLURM_ARRAY_TASK_ID")) +
                 run_command(request, "\"$results\"", fmt::format("\"$SLURM_ARRAY_TASK_ID/{}\"", request.array))),
      script(".merge.sh", "Merges the results of the array elements, then runs the rest of the study.", "", ".%j.log",
             "study=" + run_command(request, results, "") +
                 fmt::format("merge_and_run() {{\n"
                             "  # A requeued job has already merged them.\n"
                             "  [ -e {0} ] ||\n    \"$spinsweep\" merge {1} -o {0} ||\n    return\n"
                             "  exec \"${{study[@]}}\"\n"
                             "}}\nprogram=(merge_and_run)\n",
                             results, part_of(request.results_file, fmt::format("{{0..{}}}", last))))};
}

}  // namespace spinsweep::slurm
