#include "sweep/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "sweep/parameter.hpp"

namespace spinsweep::sweep {

std::vector<Variant> variants(const DevicePlan& plan) {
  std::map<std::vector<double>, std::size_t> known;
  std::vector<Variant> result;
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    std::vector<double> key;
    for (const auto& axis : plan.axes) {
      if (axis.path != "pulse.current_density") {
        key.push_back(find_parameter(plan.cases[k].kind, axis.path)->get(plan.cases[k]));
      }
    }
    const auto [entry, added] = known.try_emplace(key, result.size());
    if (added) {
      result.emplace_back();
    }
    result[entry->second].cases.push_back(k);
  }
  for (auto& variant : result) {
    std::sort(variant.cases.begin(), variant.cases.end(), [&](std::size_t a, std::size_t b) {
      return plan.cases[a].pulse.current_density < plan.cases[b].pulse.current_density;
    });
  }
  return result;
}

std::string case_name(const DevicePlan& plan, std::size_t index) {
  std::string text = fmt::format("case {}", index);
  for (std::size_t k = 0; k < plan.axes.size(); ++k) {
    const Parameter& parameter = *find_parameter(plan.base.kind, plan.axes[k].path);
    text += fmt::format("{} {} {}", k == 0 ? ":" : ",", parameter.path,
                        readable(parameter, parameter.get(plan.cases[index])));
  }
  return text;
}

Estimate estimate(const device::DeviceParameters& p) {
  // Rough: set so that the demo study comes out about right with two ranks sharing the memory; not a measurement of
  // each.
  constexpr double seconds_per_cell_evaluation = 1.0e-8;
  constexpr double seconds_per_cell_demag = 80e-9;
  constexpr double demag_interval = 1.7e-12;
  constexpr double stability_radius = 2.3;
  constexpr double evaluations_per_step = 3.0;
  const micromagnetics::Mesh mesh = device::make_mesh(p.track);
  const auto cells = static_cast<double>(mesh.cells());
  const double time = p.pulse.duration + p.pulse.rest;
  const double fastest = 16.0 * p.material.gyromagnetic_ratio * p.material.exchange_stiffness /
                         (4e-7 * M_PI * p.material.saturation_magnetization * mesh.dx * mesh.dx) /
                         std::sqrt(1.0 + p.material.damping * p.material.damping);
  const double steps = time * fastest / stability_radius;
  const auto samples = static_cast<double>(device::make_schedule(p.pulse, p.output).sample_times.size());
  return {cells * (steps * evaluations_per_step * seconds_per_cell_evaluation +
                   time / demag_interval * seconds_per_cell_demag),
          samples * 80.0 + p.output.snapshots * cells * 12.0 + 400.0};
}

namespace {

std::string duration(double seconds) {
  if (seconds < 90.0) {
    return fmt::format("{:.0f} s", seconds);
  }
  return seconds < 5400.0 ? fmt::format("{:.0f} min", seconds / 60.0) : fmt::format("{:.1f} h", seconds / 3600.0);
}

Estimate describe_device(const DevicePlan& plan, const std::string& name, std::string& text) {
  Estimate total;
  if (plan.cases.empty()) {
    return total;
  }
  text += fmt::format("{}: {} cases\n", name, plan.cases.size());
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    const Estimate cost = estimate(plan.cases[k]);
    total.seconds += cost.seconds;
    total.bytes += cost.bytes;
    std::string line = fmt::format("  {:4}", k);
    for (const auto& axis : plan.axes) {
      const Parameter* parameter = find_parameter(plan.cases[k].kind, axis.path);
      line += fmt::format("  {} {:g}", axis.path.substr(axis.path.rfind('.') + 1), parameter->get(plan.cases[k]));
    }
    text += fmt::format("{:<70}{:>8}\n", line.substr(0, 70), duration(cost.seconds));
  }
  return total;
}

}  // namespace

std::string describe(const Study& study) {
  std::string text = fmt::format("study {}\n", study.name);
  Estimate total = describe_device(study.neuron, "neuron", text);
  const Estimate synapses = describe_device(study.synapse, "synapse", text);
  total.seconds += synapses.seconds;
  total.bytes += synapses.bytes;
  if (study.has_network) {
    text += fmt::format("network: {} synapse variants x {} neuron variants x {} data sets x {} seeds\n",
                        variants(study.synapse).size(), variants(study.neuron).size(), study.network.datasets.size(),
                        study.network.seeds);
  }
  text +=
      fmt::format("in all: {} cases, {} on one core for the devices, {:.1f} MB\n",
                  study.neuron.cases.size() + study.synapse.cases.size(), duration(total.seconds), total.bytes / 1e6);
  return text;
}

}  // namespace spinsweep::sweep
