#include "fuzz/isolated_run.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>

#include "base/error.hpp"
#include "fuzz/end_observer.hpp"
#include "parallel/session.hpp"

namespace spinsweep::fuzz {

namespace {

/// A reader that HDF5 would never let go ends the process by itself, with the exit code of an error and one line.
constexpr int refused_by_exit = 3;
constexpr int input_not_made = 4;

enum class Verdict : std::uint8_t { accepted, refused, wrong };

/// What the reading process tells the watching one, in memory that both see.
struct Report {
  std::uint64_t next = 0;  ///< input that is being read
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  bool has_stopped_at_a_wrong_one = false;
  EndedIn ended_in = EndedIn::not_ended;
  std::array<char, 500> problem = {};
};

class SharedReport {
 public:
  SharedReport() : memory_(::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) {
      throw EnvironmentError("no memory could be shared between two processes");
    }
    report_ = new (memory_) Report;
  }
  SharedReport(const SharedReport&) = delete;
  SharedReport& operator=(const SharedReport&) = delete;
  SharedReport(SharedReport&&) = delete;
  SharedReport& operator=(SharedReport&&) = delete;
  ~SharedReport() { ::munmap(memory_, sizeof(Report)); }

  Report* operator->() { return report_; }

 private:
  void* memory_;
  Report* report_ = nullptr;
};

/// Nothing but the message of a spinsweep::Error is fit for a user, and only if it is one line.
std::string problem_of(const std::exception& error, bool is_ours) {
  const std::string message = error.what();
  if (!is_ours) {
    return "no spinsweep::Error: " + message;
  }
  if (message.empty() ||
      std::any_of(message.begin(), message.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U; })) {
    return "not one line: " + message;
  }
  return {};
}

/// What is wrong with how the target reads the input; empty if nothing is.
std::string read_one(const Target& target, const std::filesystem::path& input, Verdict& verdict, std::string& refusal) {
  try {
    target.read(input);
    verdict = Verdict::accepted;
    return {};
  } catch (const Error& error) {
    verdict = Verdict::refused;
    refusal = error.what();
    return problem_of(error, true);
  } catch (const std::exception& error) {
    return problem_of(error, false);
  }
}

std::filesystem::path input_folder(const Campaign& campaign, std::uint64_t number) {
  return campaign.folder / fmt::format("{}-{}", campaign.target.name, number);
}

/// Ends the process by a signal when it has computed, or does anything else, for too long: a busy machine makes no
/// hang.
class TimeLimit {
 public:
  explicit TimeLimit(unsigned seconds) { set(seconds); }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;
  TimeLimit(TimeLimit&&) = delete;
  TimeLimit& operator=(TimeLimit&&) = delete;
  ~TimeLimit() { set(0); }

 private:
  static void set(unsigned seconds) {
    itimerval computing = {};
    computing.it_value.tv_sec = seconds;
    ::setitimer(ITIMER_PROF, &computing, nullptr);
    constexpr unsigned patience = 10;  // for one that waits and does not compute
    ::alarm(patience * seconds);
  }
};

/// Reads inputs until one of them is wrong or all are read.
void read_inputs(const Campaign& campaign, SharedReport& report) {
  const auto target = campaign.target.make(campaign.folder);
  observe_end(report->ended_in);
  for (; report->next < campaign.first + campaign.count; ++report->next) {
    const auto input = input_folder(campaign, report->next);
    std::filesystem::remove_all(input);
    std::filesystem::create_directories(input);
    target->write_input(report->next, input);
    Verdict verdict = Verdict::wrong;
    std::string refusal;
    const std::string problem = [&] {
      const TimeLimit limit(campaign.seconds);
      return read_one(*target, input, verdict, refusal);
    }();
    if (campaign.lists_refusals && !refusal.empty()) {
      fmt::print("{}-{}: {}\n", campaign.target.name, report->next, refusal);
    }
    if (!problem.empty()) {
      problem.copy(report->problem.data(), report->problem.size() - 1);
      report->has_stopped_at_a_wrong_one = true;
      return;
    }
    ++(verdict == Verdict::accepted ? report->accepted : report->refused);
    std::filesystem::remove_all(input);
  }
}

/// Returns how the process that read the inputs ended.
int wait_for_reader(const Campaign& campaign, SharedReport& report) {
  std::fflush(nullptr);
  const pid_t reader = ::fork();
  if (reader < 0) {
    throw EnvironmentError("no process could be made");
  }
  if (reader == 0) {
    // What readers and sanitizers tell is kept for whoever looks into a finding.
    const auto log = campaign.folder / (campaign.target.name + ".log");
    if (std::freopen(log.c_str(), "a", stderr) == nullptr) {
      std::_Exit(input_not_made);
    }
    int code = 0;
    {
      const parallel::Session session(nullptr, nullptr);
      try {
        read_inputs(campaign, report);
      } catch (const std::exception& error) {
        fmt::print(stderr, "input {} could not be made: {}\n", report->next, error.what());
        code = input_not_made;
      }
    }
    std::fflush(nullptr);
    std::_Exit(code);
  }
  int status = 0;
  ::waitpid(reader, &status, 0);
  return status;
}

std::string describe_end(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return signal == SIGPROF || signal == SIGALRM ? "hangs" : fmt::format("crashes: signal {}", signal);
  }
  return fmt::format("ends the program with exit code {}", WEXITSTATUS(status));
}

}  // namespace

Tally run(const Campaign& campaign) {
  SharedReport report;
  Tally tally;
  report->next = campaign.first;
  while (report->next < campaign.first + campaign.count) {
    const int status = wait_for_reader(campaign, report);
    if (report->next == campaign.first + campaign.count) {
      break;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == refused_by_exit) {
      ++report->refused;
      std::filesystem::remove_all(input_folder(campaign, report->next++));
      continue;
    }
    const bool by_exception = WIFEXITED(status) && WEXITSTATUS(status) == 0 && report->has_stopped_at_a_wrong_one;
    if (!by_exception && !std::filesystem::exists(input_folder(campaign, report->next))) {
      throw EnvironmentError(campaign.target.name + ": the reading process " + describe_end(status) +
                             " before its first input");
    }
    auto& findings = report->ended_in == EndedIn::hdf5 ? tally.ended_in_hdf5 : tally.findings;
    findings.push_back({report->next, by_exception ? std::string(report->problem.data()) : describe_end(status)});
    report->has_stopped_at_a_wrong_one = false;
    report->ended_in = EndedIn::not_ended;
    report->problem.fill('\0');
    ++report->next;
  }
  tally.accepted = report->accepted;
  tally.refused = report->refused;
  return tally;
}

}  // namespace spinsweep::fuzz
