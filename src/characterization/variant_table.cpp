#include "characterization/variant_table.hpp"

#include <algorithm>

#include "device/drive.hpp"
#include "device/track_geometry.hpp"
#include "results/swept_axes.hpp"
#include "study/study.hpp"

namespace spinsweep::characterization::variant_table {

std::uint64_t largest_level_count(const LayoutInput& input) {
  const study::DevicePlan& plan = input.study.weights();
  std::size_t most = 2;
  for (const network::MeasuredFile& file : input.study.network.measured_devices) {
    most = std::max(most, static_cast<std::size_t>(file.levels));
  }
  for (const auto& cases_of_variant : variants(plan)) {
    const auto& p = plan.cases[cases_of_variant.cases.front()];
    const std::size_t notches = device::notch_sites(p.track, p.notches).size();
    most = std::max({most, cases_of_variant.cases.size(), notches + 2});
  }
  return most;
}

std::uint64_t measured_device_count(const LayoutInput& input) {
  int most = 0;
  for (const network::MeasuredFile& file : input.study.network.measured_devices) {
    most = std::max(most, file.devices);
  }
  return static_cast<std::uint64_t>(most);
}

namespace {

/// The files of measured devices as an axis along which variants differ.
Description axis_of_measured_devices(const std::vector<network::MeasuredFile>& files) {
  Description axis;
  axis.name = "measured_devices";
  axis.dimensions = {&variant};
  axis.units = "1";
  axis.long_name = "measured devices";
  axis.role = Role::axis;
  std::vector<double> places;
  for (const network::MeasuredFile& file : files) {
    axis.flags.push_back({static_cast<std::int64_t>(places.size()), file.name});
    places.push_back(static_cast<double>(places.size()));
  }
  axis.initial = [places = std::move(places)](const LayoutInput&) { return places; };
  return axis;
}

std::uint64_t largest_current_count(const study::DevicePlan& plan) {
  std::size_t most = 0;
  for (const auto& variant : variants(plan)) {
    most = std::max(most, ensembles(plan, variant).size());
  }
  return most;
}

}  // namespace

std::uint64_t current_count(const LayoutInput& input) {
  return largest_current_count(input.study.weights());
}

std::uint64_t neuron_current_count(const LayoutInput& input) {
  return largest_current_count(input.study.neurons());
}

std::uint64_t pulse_count(const LayoutInput& input) {
  std::size_t most = 0;
  for (const auto& p : input.study.weights().cases) {
    most = std::max(most, device::reading_count(p.pulse));
  }
  return most;
}

bool has_trains(const LayoutInput& input) {
  return has_synapse(input) && pulse_count(input) > 1;
}

bool has_depression(const LayoutInput& input) {
  return has_trains(input) && std::ranges::any_of(input.study.weights().cases, [](const device::DeviceParameters& p) {
           return p.pulse.depression != 0.0;
         });
}

bool has_ensembles(const LayoutInput& input) {
  return has_synapse(input) && input.study.weights().base.thermal.realizations > 1;
}

bool has_neuron_ensembles(const LayoutInput& input) {
  return has_neuron(input) && input.study.neurons().base.thermal.realizations > 1;
}

std::vector<results::Description> swept_axes(const LayoutInput& input) {
  auto axes = results::axes_of_variants(input.study.weights(), variant, "");
  if (has_measured_devices(input)) {
    axes.push_back(axis_of_measured_devices(input.study.network.measured_devices));
  }
  const auto more = results::axes_of_variants(input.study.neurons(), neuron, "neuron_");
  axes.insert(axes.end(), more.begin(), more.end());
  return axes;
}

}  // namespace spinsweep::characterization::variant_table
