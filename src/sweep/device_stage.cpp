#include "sweep/device_stage.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "parallel/agree.hpp"
#include "parallel/shared_counter.hpp"
#include "sweep/demag_cache.hpp"
#include "sweep/parameter.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

namespace {

using store::CaseStatus;

/// Two cases with equal keys start from the same magnetisation.
std::vector<double> state_key(const device::DeviceParameters& p) {
  const device::DeviceParameters key = device::initial_state_key(p);
  std::vector<double> numbers = {key.tolerance, key.wall.relax ? 1.0 : 0.0};
  for (const auto& parameter : parameters()) {
    numbers.push_back(parameter.get(key));
  }
  return numbers;
}

/// The magnetisations that cases start from, on every rank.
class InitialStates {
 public:
  /// Collective: the distinct states are computed by all ranks together, each state by one.
  InitialStates(const DevicePlan& plan, const std::vector<std::size_t>& cases, DemagCache& cache,
                const parallel::Communicator& communicator) {
    for (const std::size_t index : cases) {
      const auto [entry, added] = index_.try_emplace(state_key(plan.cases[index]), states_.size());
      if (added) {
        states_.push_back({.parameters = &plan.cases[index], .m = {}, .failure = {}});
      }
    }
    for (std::size_t k = 0; k < states_.size(); ++k) {
      if (static_cast<int>(k % static_cast<std::size_t>(communicator.size())) == communicator.rank()) {
        compute(states_[k], cache);
      }
    }
    for (std::size_t k = 0; k < states_.size(); ++k) {
      const int owner = static_cast<int>(k % static_cast<std::size_t>(communicator.size()));
      State& state = states_[k];
      const auto layout = micromagnetics::FieldLayout(device::make_mesh(state.parameters->track));
      state.m.resize(layout.size());
      MPI_Bcast(state.m.data(), static_cast<int>(state.m.size()), MPI_DOUBLE, owner, communicator.get());
      auto length = static_cast<int>(state.failure.size());
      MPI_Bcast(&length, 1, MPI_INT, owner, communicator.get());
      state.failure.resize(static_cast<std::size_t>(length));
      MPI_Bcast(state.failure.data(), length, MPI_CHAR, owner, communicator.get());
    }
  }

  [[nodiscard]] std::size_t count() const { return states_.size(); }

  /// Errors: SimulationError if the state could not be relaxed.
  [[nodiscard]] const std::vector<double>& of(const device::DeviceParameters& parameters) const {
    const State& state = states_[index_.at(state_key(parameters))];
    if (!state.failure.empty()) {
      throw SimulationError("the initial wall could not be relaxed: " + state.failure);
    }
    return state.m;
  }

 private:
  struct State {
    const device::DeviceParameters* parameters;
    std::vector<double> m;
    std::string failure;
  };

  static void compute(State& state, DemagCache& cache) {
    try {
      state.m = device::initial_state(*state.parameters, cache.get(*state.parameters));
    } catch (const std::exception& error) {
      state.failure = error.what();
    }
  }

  std::vector<State> states_;
  std::map<std::vector<double>, std::size_t> index_;
};

class CaseWriter {
 public:
  CaseWriter(store::ResultsFile& file, std::string group) : file_(file), group_("/" + std::move(group) + "/") {}

  void write(std::uint64_t index, const device::DeviceParameters& p, const device::CaseRecord& record,
             double wall_time) {
    const auto mesh = device::make_mesh(p.track);
    const std::uint64_t samples = record.conductance.size();
    std::vector<double> magnetization;
    std::vector<double> energy;
    for (std::size_t k = 0; k < samples; ++k) {
      const auto& mean = record.magnetization[k];
      magnetization.insert(magnetization.end(), {mean.x, mean.y, mean.z});
      energy.insert(energy.end(), record.energy[k].begin(), record.energy[k].end());
    }
    const std::uint64_t terms = micromagnetics::energy_terms.size();
    put("magnetization", {index, 0, 0}, {1, samples, 3}, magnetization);
    put("wall_position", {index, 0}, {1, samples}, record.wall_position);
    put("conductance", {index, 0}, {1, samples}, record.conductance);
    put("energy", {index, 0, 0}, {1, samples, terms}, energy);
    file_.write<float>(group_ + "snapshot", {index, 0, 0, 0, 0},
                       {1, static_cast<std::uint64_t>(p.output.snapshots), static_cast<std::uint64_t>(mesh.ny),
                        static_cast<std::uint64_t>(mesh.nx), 3},
                       record.snapshots);
    put("final_position", {index}, {1}, {record.wall_position.back()});
    put("final_conductance", {index}, {1}, {record.conductance.back()});
    put("wall_time", {index}, {1}, {wall_time});
    file_.write_text(group_ + "message", index, "");
  }

  void fail(std::uint64_t index, const std::string& reason) {
    file_.write_text(group_ + "message", index, reason);
    commit(index, CaseStatus::failed);
  }

  void commit(std::uint64_t index, CaseStatus status) { file_.commit_case(group_ + "status", {index}, status); }

 private:
  void put(const std::string& variable, const store::Extent& start, const store::Extent& count,
           const std::vector<double>& values) {
    file_.write<double>(group_ + variable, start, count, values);
  }

  store::ResultsFile& file_;
  std::string group_;
};

std::string axes_of_case(const DevicePlan& plan, std::size_t index) {
  std::string text;
  for (const auto& axis : plan.axes) {
    const auto& p = plan.cases[index];
    text += fmt::format(" {} {:g}", axis.path, find_parameter(p.kind, axis.path)->get(p));
  }
  return text;
}

}  // namespace

StageOutcome run_device_stage(const DevicePlan& plan, bool retry_failed, store::ResultsFile& file,
                              const parallel::Communicator& communicator) {
  if (plan.cases.empty()) {
    return {};
  }
  const std::string group = group_name(plan.cases.front().kind);
  std::vector<std::int8_t> status = file.read<std::int8_t>("/" + group + "/status");
  // One rank decides what is to be done: the others may already see what it writes.
  MPI_Bcast(status.data(), static_cast<int>(status.size()), MPI_INT8_T, 0, communicator.get());
  std::vector<std::size_t> waiting;
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    const auto state = static_cast<CaseStatus>(status[k]);
    if (state != CaseStatus::done && (state != CaseStatus::failed || retry_failed)) {
      waiting.push_back(k);
    }
  }
  std::stable_sort(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
    return estimate(plan.cases[a]).seconds > estimate(plan.cases[b]).seconds;
  });
  DemagCache cache;
  const InitialStates states(plan, waiting, cache, communicator);
  if (communicator.rank() == 0) {
    spdlog::info("{}: {} cases to do, {} done before, {} initial states relaxed", group, waiting.size(),
                 plan.cases.size() - waiting.size(), states.count());
  }
  parallel::SharedCounter counter(communicator);
  CaseWriter writer(file, group);
  parallel::agree_on(communicator, [&] {
    for (auto next = static_cast<std::size_t>(counter.next()); next < waiting.size();
         next = static_cast<std::size_t>(counter.next())) {
      const std::size_t index = waiting[next];
      const auto& p = plan.cases[index];
      const auto start = std::chrono::steady_clock::now();
      writer.commit(index, CaseStatus::running);
      try {
        const device::CaseRecord record = device::simulate(p, states.of(p), cache.get(p));
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        writer.write(index, p, record, seconds);
        writer.commit(index, CaseStatus::done);
        spdlog::log(spdlog::level::info, "{} case {}:{}: wall at {:.0f} nm, {:.1f} s", group, index,
                    axes_of_case(plan, index), record.wall_position.back() * 1e9, seconds);
      } catch (const SimulationError& error) {
        writer.fail(index, error.what());
        spdlog::error("{} case {}:{}: {}", group, index, axes_of_case(plan, index), error.what());
      }
    }
  });
  communicator.barrier();
  status = file.read<std::int8_t>("/" + group + "/status");
  const auto count = [&](CaseStatus wanted) {
    return static_cast<int>(std::count(status.begin(), status.end(), static_cast<std::int8_t>(wanted)));
  };
  return {count(CaseStatus::done), count(CaseStatus::failed)};
}

}  // namespace spinsweep::sweep
