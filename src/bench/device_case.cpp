#include "bench/device_case.hpp"

#include <mpi.h>

#include <memory>
#include <span>

#include "bench/timing.hpp"
#include "bench/yardstick.hpp"
#include "device/film.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/activity_log.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::bench {

namespace {

constexpr double simulated = 1e-9;

/// Time of OOMMF 2.1 for one simulated nanosecond, on a machine where one of its evaluations of the synapse takes
/// 2.9 ms and an unpruned demagnetising field, the six transforms of the yardstick, 1.3 ms.
struct Oommf {
  double seconds_per_ns;
};
constexpr double yardstick_of_oommf = 1.3e-3;

/// The case again with its samples, every output.interval, and its maps: the shares of its parts in the time.
std::vector<Row> measure_shares(device::DeviceParameters p, const std::shared_ptr<micromagnetics::DemagField>& demag,
                                std::span<const double> initial) {
  using micromagnetics::Activity;
  struct Part {
    const char* name;
    Activity activity;
    double seconds_before = 0.0;
  };
  Part parts[] = {{"  demagnetising field", Activity::demagnetizing_field},
                  {"  stages: local terms, torque, vectors", Activity::fast_step_stages},
                  {"  ends of fast steps: the same, error estimate", Activity::fast_step_slope},
                  {"  error of the extrapolated field", Activity::step_control},
                  {"  read-out: means, energies, conductance, maps", Activity::read_out}};
  p.pulse.duration = simulated;
  p.pulse.relaxation = 0.0;
  device::Simulation simulation(p, demag, initial);
  micromagnetics::start_logging();
  for (Part& part : parts) {
    part.seconds_before = micromagnetics::logged_seconds(part.activity);
  }
  const double before = MPI_Wtime();
  static_cast<void>(simulation.run());
  const double whole = MPI_Wtime() - before;
  std::vector<Row> rows = {{"shares of a run that is sampled every 50 ps", 1.0, "1"}};
  double rest = 1.0;
  for (const Part& part : parts) {
    const double share = (micromagnetics::logged_seconds(part.activity) - part.seconds_before) / whole;
    rows.push_back({part.name, share, "1"});
    rest -= share;
  }
  rows.push_back({"  the rest: normalisation, copies, PETSc", rest, "1"});
  return rows;
}

/// The same case at room temperature. seconds_at_zero: of a simulated ns at zero temperature.
std::vector<Row> measure_at_room_temperature(device::DeviceParameters p,
                                             const std::shared_ptr<micromagnetics::DemagField>& demag,
                                             std::span<const double> initial, double seconds_at_zero) {
  constexpr double simulated_hot = 50e-12;
  p.material.temperature = 300.0;
  micromagnetics::LlgsSystem system(device::make_film(p), demag);
  micromagnetics::TimeIntegration integration(system, p.tolerance);
  integration.set_magnetization(initial);
  integration.set_current_density(p.pulse.current_density);
  const double before = thread_seconds();
  integration.advance(simulated_hot);
  const double seconds = (thread_seconds() - before) * simulated / simulated_hot;
  const auto& counts = integration.counts();
  return {{"time per simulated ns at 300 K", seconds, "s"},
          {"  over that at 0 K", seconds / seconds_at_zero, "1"},
          {"  outer steps per ps", static_cast<double>(counts.steps) * 1e-12 / simulated_hot, "1"},
          {"  inner steps per ps", static_cast<double>(counts.fast_steps) * 1e-12 / simulated_hot, "1"}};
}

std::vector<Row> measure_case(const device::DeviceParameters& p, Oommf oommf) {
  const micromagnetics::Mesh mesh = device::make_mesh(p);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization);
  double before = thread_seconds();
  const std::vector<double> initial = device::initial_state(p, demag);
  const double relaxation = thread_seconds() - before;
  micromagnetics::LlgsSystem system(device::make_film(p), demag);
  micromagnetics::TimeIntegration integration(system, p.tolerance);
  integration.set_magnetization(initial);
  integration.set_current_density(p.pulse.current_density);
  before = thread_seconds();
  integration.advance(simulated);
  const double seconds = thread_seconds() - before;
  const auto& counts = integration.counts();
  const auto demag_evaluations = static_cast<double>(counts.demag_evaluations);
  const double oommf_here = oommf.seconds_per_ns * yardstick().whole / yardstick_of_oommf;
  std::vector<Row> rows = {
      {"time per simulated ns", seconds, "s"},
      {"  times faster than OOMMF, scaled by the yardstick", oommf_here / seconds, "1"},
      {"evaluations of the demagnetising field", demag_evaluations, "1"},
      {"  of these on the whole mesh", static_cast<double>(counts.whole_demag_evaluations), "1"},
      {"evaluations of the local terms", static_cast<double>(counts.local_evaluations), "1"},
      {"  share of the columns that were active",
       static_cast<double>(counts.active_columns) / static_cast<double>(counts.local_evaluations) / mesh.nx, "1"},
      {"fast steps of the local terms", static_cast<double>(counts.fast_steps), "1"},
      {"steps and fast steps repeated", static_cast<double>(counts.rejected_steps + counts.rejected_fast_steps), "1"},
      {"relaxation of the initial wall", relaxation, "s"}};
  for (const std::vector<Row>& more :
       {measure_shares(p, demag, initial), measure_at_room_temperature(p, demag, initial, seconds)}) {
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

}  // namespace

std::vector<Row> measure_synapse() {
  device::DeviceParameters p = device::kind_of<device::Synapse>.defaults();
  p.pulse.current_density = 0.36e12;
  return measure_case(p, {32.0});
}

std::vector<Row> measure_neuron() {
  device::DeviceParameters p = device::kind_of<device::Neuron>.defaults();
  p.pulse.current_density = 0.30e12;
  return measure_case(p, {360.0});
}

}  // namespace spinsweep::bench
