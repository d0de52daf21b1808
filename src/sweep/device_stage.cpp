#include "sweep/device_stage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/simulation.hpp"
#include "parallel/agree.hpp"
#include "parallel/shared_counter.hpp"
#include "parallel/shared_flag.hpp"
#include "parallel/shared_integer.hpp"
#include "sweep/case_writer.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/demag_cache.hpp"
#include "sweep/estimate.hpp"
#include "sweep/initial_states.hpp"
#include "sweep/progress.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

namespace {

using store::CaseStatus;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Whether this rank or another one was asked to stop. Asking the others costs a message, so it is done twice a second.
class StopRequest {
 public:
  explicit StopRequest(const parallel::Communicator& communicator) : flag_(communicator) {}

  void raise() { flag_.raise(); }

  [[nodiscard]] bool seen() {
    if (interruption_requested() && !stop_) {
      flag_.raise();
      stop_ = true;
    }
    if (!stop_ && seconds_since(last_look_) > 0.5) {
      look();
    }
    return stop_;
  }

  /// Without waiting for the next look.
  [[nodiscard]] bool seen_now() {
    look();
    return seen();
  }

 private:
  void look() {
    last_look_ = Clock::now();
    stop_ = stop_ || flag_.is_raised();
  }

  parallel::SharedFlag flag_;
  bool stop_ = false;
  Clock::time_point last_look_ = Clock::now();
};

/// What a stage's status variable says, as the first rank sees it: the others may already see what that writes later.
std::vector<CaseStatus> read_status(const store::ResultsFile& file, const std::string& group,
                                    const parallel::Communicator& communicator) {
  std::vector<std::int8_t> numbers = file.read<std::int8_t>("/" + group + "/status");
  MPI_Bcast(numbers.data(), static_cast<int>(numbers.size()), MPI_INT8_T, 0, communicator.get());
  std::vector<CaseStatus> status;
  std::transform(numbers.begin(), numbers.end(), std::back_inserter(status),
                 [](std::int8_t number) { return static_cast<CaseStatus>(number); });
  return status;
}

/// The cases of one device, taken one after the other by one rank.
class CaseLoop {
 public:
  CaseLoop(const DevicePlan& plan, const RunSettings& settings, store::ResultsFile& file,
           const parallel::Communicator& communicator)
      : plan_(plan),
        settings_(settings),
        group_(group_name(plan.cases.front().kind)),
        status_(read_status(file, group_, communicator)),
        checkpoints_(file, group_, open_cases(), communicator),
        waiting_(make_queue()),
        writer_(file, group_),
        stop_(communicator),
        queue_(communicator),
        failures_(communicator),
        progress_(group_, waiting_.size(), communicator),
        communicator_(communicator) {}

  /// Collective.
  void run() {
    DemagCache cache;
    const InitialStates states(
        plan_, waiting_, cache,
        [this] {
          if (stop_.seen()) {
            throw Interrupted();
          }
        },
        communicator_);
    if (communicator_.rank() == 0) {
      spdlog::info("{}: {} cases to do, {} done before, {} initial states relaxed", group_, waiting_.size(),
                   plan_.cases.size() - waiting_.size(), states.count());
    }
    parallel::agree_on(communicator_, [&] {
      while (!stop_.seen_now()) {
        const auto next = static_cast<std::size_t>(queue_.next());
        if (next >= waiting_.size()) {
          return;
        }
        run_case(waiting_[next], states, cache);
      }
      throw Interrupted();
    });
  }

  [[nodiscard]] bool too_many_failures() { return failures_.add(0) >= settings_.max_failures; }

 private:
  std::vector<bool> open_cases() const {
    std::vector<bool> open;
    for (const CaseStatus status : status_) {
      open.push_back(status != CaseStatus::done && (status != CaseStatus::failed || settings_.retry_failed));
    }
    return open;
  }

  std::vector<std::size_t> make_queue() const {
    std::vector<std::size_t> queue;
    const auto open = open_cases();
    for (std::size_t k = 0; k < open.size(); ++k) {
      if (open[k]) {
        queue.push_back(k);
      }
    }
    const auto cost = [&](std::size_t k) {
      return std::pair(checkpoints_.has(k) ? 1 : 0, estimate(plan_.cases[k]).seconds);
    };
    std::stable_sort(queue.begin(), queue.end(), [&](std::size_t a, std::size_t b) { return cost(a) > cost(b); });
    return queue;
  }

  void run_case(std::size_t index, const InitialStates& states, DemagCache& cache) {
    try {
      simulate(index, states, cache);
    } catch (const Interrupted&) {
      writer_.commit(index, CaseStatus::interrupted);
      throw;
    } catch (const EnvironmentError&) {
      // A disk that is full for one rank is full for all.
      stop_.raise();
      throw;
    } catch (const std::exception& error) {
      writer_.fail(index, error.what());
      progress_.failed(fmt::format("{} failed: {}", case_name(plan_, index), error.what()));
      if (failures_.add(1) + 1 >= settings_.max_failures) {
        stop_.raise();
      }
    }
  }

  void simulate(std::size_t index, const InitialStates& states, DemagCache& cache) {
    const auto& p = plan_.cases[index];
    const auto start = Clock::now();
    auto last_checkpoint = start;
    writer_.commit(index, CaseStatus::running);
    std::optional<Checkpoint> checkpoint = checkpoints_.take(index);
    const double spent_before = checkpoint ? checkpoint->wall_time : 0.0;
    device::Simulation simulation = checkpoint ? device::Simulation(p, cache.get(p), std::move(checkpoint->simulation))
                                               : device::Simulation(p, cache.get(p), states.of(p));
    const auto spent = [&] { return spent_before + seconds_since(start); };
    const auto save = [&] {
      if (!checkpoints_.save(index, {spent(), simulation.state()})) {
        spdlog::warn("{}: no room for a checkpoint; stopped now, the case would begin anew", case_name(plan_, index));
      }
      last_checkpoint = Clock::now();
    };
    const device::CaseRecord& record = simulation.run([&] {
      if (stop_.seen()) {
        save();
        throw Interrupted();
      }
      if (seconds_since(last_checkpoint) > settings_.checkpoint_interval) {
        save();
      }
      if (spent() > settings_.time_limit) {
        throw SimulationError(
            fmt::format("it took longer than the time limit of {:g} s and was only at {:.3g} of {:g} ns",
                        settings_.time_limit, simulation.time() * 1e9, (p.pulse.duration + p.pulse.rest) * 1e9));
      }
    });
    writer_.finish(index, p, record, spent());
    progress_.finished(fmt::format("{}, wall at {:.0f} nm, {}", case_name(plan_, index),
                                   record.wall_position.back() * 1e9, duration(spent())));
  }

  const DevicePlan& plan_;
  const RunSettings& settings_;
  std::string group_;
  std::vector<CaseStatus> status_;
  CheckpointStore checkpoints_;
  std::vector<std::size_t> waiting_;
  CaseWriter writer_;
  StopRequest stop_;
  parallel::SharedCounter queue_;
  parallel::SharedInteger failures_;
  Progress progress_;
  const parallel::Communicator& communicator_;
};

}  // namespace

StageOutcome run_device_stage(const DevicePlan& plan, const RunSettings& settings, store::ResultsFile& file,
                              const parallel::Communicator& communicator) {
  StageOutcome outcome;
  if (plan.cases.empty()) {
    return outcome;
  }
  {
    CaseLoop loop(plan, settings, file, communicator);
    try {
      loop.run();
    } catch (const Interrupted&) {
      outcome.interrupted = true;
    }
    communicator.barrier();
    outcome.stopped_by_failures = loop.too_many_failures();
  }
  communicator.barrier();
  const std::string group = group_name(plan.cases.front().kind);
  const auto status = read_status(file, group, communicator);
  for (std::size_t k = 0; k < status.size(); ++k) {
    if (status[k] == CaseStatus::done) {
      ++outcome.done;
    } else if (status[k] == CaseStatus::failed) {
      outcome.failures.push_back({group + " " + case_name(plan, k), file.read_text("/" + group + "/message", k)});
    }
  }
  return outcome;
}

}  // namespace spinsweep::sweep
