#include "sweep/describe_plan.hpp"

#include <fmt/format.h>

#include "sweep/estimate.hpp"
#include "sweep/parameter.hpp"
#include "sweep/progress.hpp"

namespace spinsweep::sweep {

namespace {

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
