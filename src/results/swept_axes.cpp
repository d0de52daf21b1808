#include "results/swept_axes.hpp"

#include <algorithm>
#include <map>

namespace spinsweep::results {

namespace {

Description axis_of(const std::string& path, const study::Parameter& parameter, const Dimension& dimension,
                    const std::string& prefix, std::vector<double> values) {
  Description axis;
  axis.name = prefix + study::variable_name(path);
  axis.dimensions = {&dimension};
  axis.units = parameter.unit;
  axis.long_name = parameter.long_name;
  axis.short_name = short_name_of_parameter(path);
  axis.role = Role::axis;
  axis.zero_until_written = true;
  for (std::size_t k = 0; parameter.is_choice() && k < parameter.choices.size(); ++k) {
    axis.flags.push_back({static_cast<std::int64_t>(k), parameter.choices[k]});
  }
  axis.initial = [values = std::move(values)](const LayoutInput&) { return values; };
  return axis;
}

}  // namespace

std::vector<Description> axes_of_cases(const LayoutInput& input, const Dimension& dimension, const Status& status) {
  std::vector<Description> list;
  for (const auto& axis : input.device.axes) {
    const study::Parameter& parameter = *study::find_parameter(*input.device.base.kind, axis.path);
    std::vector<double> values;
    std::ranges::transform(input.device.cases, std::back_inserter(values),
                           [&](const device::DeviceParameters& p) { return parameter.get(p); });
    list.push_back(axis_of(axis.path, parameter, dimension, "", std::move(values)));
    list.back().status = &status.description();
    list.back().kept = axis.path == "pulse.current_density" && input.device.bisection.exists();
  }
  return list;
}

std::vector<VariantAxis> variant_axes(const study::DevicePlan& plan) {
  std::vector<VariantAxis> list;
  const auto variants = study::variants(plan);
  for (const auto& axis : plan.axes) {
    if (tells_variants_apart(plan, axis)) {
      list.push_back({axis.path, *study::find_parameter(*plan.base.kind, axis.path), {}});
      std::ranges::transform(variants, std::back_inserter(list.back().values), [&](const study::Variant& variant) {
        return list.back().parameter.get(plan.cases[variant.cases.front()]);
      });
    }
  }
  return list;
}

std::vector<Description> axes_of_variants(const study::DevicePlan& plan, const Dimension& dimension,
                                          const std::string& prefix) {
  std::vector<Description> list;
  for (VariantAxis& axis : variant_axes(plan)) {
    list.push_back(axis_of(axis.path, axis.parameter, dimension, prefix, std::move(axis.values)));
  }
  return list;
}

std::string short_name_of_parameter(const std::string& path) {
  static const std::map<std::string, std::string> names = {
      {"notches.count", "notches"},
      {"notches.diameter", "notch diameter"},
      {"notches.first", "first notch"},
      {"notches.pitch", "notch pitch"},
      {"notches.shape", "shape"},
      {"notches.side", "edge"},
      {"notches.width", "notch width"},
      {"notches.depth", "notch depth"},
      {"disorder.realization", "realisation"},
      {"disorder.roughness.deviation", "edge roughness"},
      {"disorder.roughness.correlation_length", "correlation length"},
      {"disorder.grains.size", "grain size"},
      {"disorder.grains.anisotropy_spread", "anisotropy spread"},
      {"disorder.grains.axis_spread", "axis spread"},
      {"disorder.grains.exchange", "grain exchange"},
      {"material.dmi", "DMI"},
      {"material.damping", "damping"},
      {"material.anisotropy", "anisotropy"},
      {"material.exchange_stiffness", "exchange"},
      {"material.saturation_magnetization", "saturation magnetisation"},
      {"material.spin_hall_angle", "spin Hall angle"},
      {"initial_wall.position", "initial wall"},
      {"pulse.current_density", "J"},
      {"pulse.duration", "pulse"},
      {"pulse.relaxation", "relaxation"},
      {"mtj.resistance_parallel", "parallel resistance"},
      {"mtj.resistance_antiparallel", "antiparallel resistance"},
  };
  const auto found = names.find(path);
  if (found != names.end()) {
    return found->second;
  }
  std::string words = path;
  std::ranges::replace_if(
      words, [](char letter) { return letter == '.' || letter == '_'; }, ' ');
  return words;
}

}  // namespace spinsweep::results
