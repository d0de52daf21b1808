#include "bench/device_case.hpp"

#include <memory>

#include "bench/timing.hpp"
#include "bench/yardstick.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::bench {

namespace {

constexpr double simulated = 1e-9;

/// What OOMMF 2.1 takes for one simulated nanosecond on the machine where one of its evaluations of the synapse takes
/// 2.9 ms and an unpruned demagnetising field, the six transforms of the yardstick, 1.3 ms.
struct Oommf {
  double seconds_per_ns;
};
constexpr double yardstick_of_oommf = 1.3e-3;

std::vector<Row> measure_case(const device::DeviceParameters& p, Oommf oommf) {
  const micromagnetics::Mesh mesh = device::make_mesh(p.track);
  const auto demag = std::make_shared<micromagnetics::DemagField>(mesh, p.material.saturation_magnetization);
  double before = thread_seconds();
  const std::vector<double> initial = device::initial_state(p, demag);
  const double relaxation = thread_seconds() - before;
  micromagnetics::LlgsSystem system(p.material, mesh, device::make_mask(p.track, p.notches), demag);
  micromagnetics::TimeIntegration integration(system, p.tolerance);
  integration.set_magnetization(initial);
  integration.set_current_density(p.pulse.current_density);
  before = thread_seconds();
  integration.advance(simulated);
  const double seconds = thread_seconds() - before;
  const auto& counts = integration.counts();
  const auto demag_evaluations = static_cast<double>(counts.demag_evaluations);
  std::vector<double> field(initial.size());
  const double demag_time = median_seconds([&] { system.demagnetizing_field(initial, field); });
  const double oommf_here = oommf.seconds_per_ns * yardstick().whole / yardstick_of_oommf;
  return {{"time per simulated ns", seconds, "s"},
          {"  times faster than OOMMF, scaled by the yardstick", oommf_here / seconds, "1"},
          {"evaluations of the demagnetising field", demag_evaluations, "1"},
          {"  of these on the whole mesh", static_cast<double>(counts.whole_demag_evaluations), "1"},
          {"evaluations of the local terms", static_cast<double>(counts.local_evaluations), "1"},
          {"  share of the columns that were active",
           static_cast<double>(counts.active_columns) / static_cast<double>(counts.local_evaluations) / mesh.nx, "1"},
          {"substeps of the local terms", static_cast<double>(counts.substeps), "1"},
          {"steps and substeps repeated", static_cast<double>(counts.rejected_steps + counts.rejected_substeps), "1"},
          {"share of the demagnetising field on the whole mesh",
           static_cast<double>(counts.whole_demag_evaluations) * demag_time / seconds, "1"},
          {"relaxation of the initial wall", relaxation, "s"}};
}

}  // namespace

std::vector<Row> measure_synapse() {
  device::DeviceParameters p = device::default_parameters(device::Kind::synapse);
  p.pulse.current_density = 0.36e12;
  return measure_case(p, {32.0});
}

std::vector<Row> measure_neuron() {
  device::DeviceParameters p = device::default_parameters(device::Kind::neuron);
  p.pulse.current_density = 0.30e12;
  return measure_case(p, {360.0});
}

}  // namespace spinsweep::bench
