#include "sweep/pinned_levels.hpp"

#include <boost/mpi/collectives/all_gather.hpp>
#include <boost/mpi/collectives/broadcast.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <cmath>
#include <cstdint>
#include <exception>
#include <span>
#include <utility>

#include "base/distinct.hpp"
#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/demag_cache.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "parallel/agree.hpp"
#include "parallel/describe_error.hpp"
#include "parallel/shared_counter.hpp"
#include "sweep/stop_request.hpp"

namespace spinsweep::sweep {

namespace {

/// Where a wall is put to find a level: at each notch, and beyond both ends, which leaves one domain.
std::vector<double> level_positions(const device::DeviceParameters& p) {
  std::vector<double> positions = device::notch_positions(p.track, p.notches);
  positions.push_back(-p.track.length);
  positions.push_back(2.0 * p.track.length);
  return positions;
}

double relaxed_conductance(device::DeviceParameters p, double position, device::DemagCache& cache, StopRequest& stop) {
  p.initial_wall.position = position;
  p.initial_wall.relax = true;
  p.initial_wall.file.clear();
  const auto demag = cache.get(p);
  // Long enough for the wall to find its place in the notch, too.
  constexpr double longest = 2e-9;
  const std::vector<double> m = device::initial_state(
      p, demag, [&stop] { stop.throw_if_seen(); }, longest);
  micromagnetics::LlgsSystem system(p.material, device::make_mesh(p.track), device::make_mask(p.track, p.notches),
                                    demag);
  return device::conductance(p, system, m);
}

std::vector<double> relaxed_levels(const device::DeviceParameters& p, device::DemagCache& cache, StopRequest& stop) {
  std::vector<double> conductances;
  for (const double position : level_positions(p)) {
    conductances.push_back(relaxed_conductance(p, position, cache, stop));
  }
  return distinct_levels(std::move(conductances), p);
}

/// The levels that an earlier run has left. Collective.
std::map<std::size_t, std::vector<double>> stored_levels(const store::ResultsFile& file,
                                                         const parallel::Communicator& communicator) {
  std::map<std::size_t, std::vector<double>> levels;
  parallel::agree_on(communicator, [&] {
    if (communicator.rank() == 0) {
      const auto counts = file.read<std::int32_t>("/variants/levels");
      for (std::size_t v = 0; v < counts.size(); ++v) {
        if (counts[v] > 0) {
          levels[v] =
              file.read<double>("/variants/level_conductance", {v, 0}, {1, static_cast<std::uint64_t>(counts[v])});
        }
      }
    }
  });
  boost::mpi::broadcast(boost::mpi::communicator(communicator.get(), boost::mpi::comm_attach), levels, 0);
  return levels;
}

/// Adds to a rank's entries those of all others. Collective.
template <class Value>
void gather(std::map<std::size_t, Value>& entries, const parallel::Communicator& communicator) {
  std::vector<std::map<std::size_t, Value>> of_ranks;
  boost::mpi::all_gather(boost::mpi::communicator(communicator.get(), boost::mpi::comm_attach), entries, of_ranks);
  for (auto& others : of_ranks) {
    entries.merge(others);
  }
}

}  // namespace

PinnedLevels pinned_levels(const study::DevicePlan& plan, const std::vector<study::Variant>& list,
                           store::ResultsFile& file, const parallel::Communicator& communicator) {
  PinnedLevels result;
  result.levels = stored_levels(file, communicator);
  std::vector<std::size_t> wanted;
  for (std::size_t v = 0; v < list.size(); ++v) {
    if (!result.levels.contains(v)) {
      wanted.push_back(v);
    }
  }
  device::DemagCache cache;
  parallel::SharedCounter counter(communicator);
  StopRequest stop(communicator);
  parallel::agree_on(communicator, [&] {
    for (auto k = static_cast<std::size_t>(counter.next()); k < wanted.size();
         k = static_cast<std::size_t>(counter.next())) {
      const std::size_t variant = wanted[k];
      try {
        result.levels[variant] = relaxed_levels(plan.cases[list[variant].cases.front()], cache, stop);
        write_levels(file, variant, result.levels[variant]);
      } catch (const Interrupted&) {
        throw;
      } catch (const EnvironmentError&) {
        throw;
      } catch (const std::exception&) {
        // It fails its variant, not the sweep.
        result.failures.emplace(variant, "its levels could not be found: a wall could not be relaxed: " +
                                             parallel::describe_error(std::current_exception()).message);
      }
    }
  });
  gather(result.levels, communicator);
  gather(result.failures, communicator);
  for (const auto& [variant, reason] : result.failures) {
    result.levels.erase(variant);
  }
  return result;
}

double conductance_range(const device::TunnelJunction& mtj) {
  return std::abs(1.0 / mtj.resistance_parallel - 1.0 / mtj.resistance_antiparallel);
}

std::vector<double> distinct_levels(std::vector<double> conductances, const device::DeviceParameters& p) {
  return distinct(std::move(conductances), conductance_range(p.mtj) * p.track.cell / p.track.length);
}

void write_levels(store::ResultsFile& file, std::size_t variant, const std::vector<double>& levels) {
  if (levels.empty()) {
    return;
  }
  const auto count = static_cast<std::int32_t>(levels.size());
  file.write<double>("/variants/level_conductance", {variant, 0}, {1, levels.size()}, levels);
  file.write<std::int32_t>("/variants/levels", {variant}, {1}, std::span(&count, 1));
}

}  // namespace spinsweep::sweep
