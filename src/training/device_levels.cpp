#include "training/device_levels.hpp"

#include "parallel/on_root.hpp"
#include "programming/stored_plan.hpp"
#include "study/network_devices.hpp"

namespace spinsweep::training {

namespace {

/// The conductances of measured devices at each of their levels.
std::vector<std::vector<double>> measured_conductances(const network::MeasuredDevices& measured) {
  std::vector<std::vector<double>> known;
  for (std::size_t level = 0; level < measured.means.size(); ++level) {
    known.push_back(measured.known(level));
  }
  return known;
}

}  // namespace

std::vector<network::Reading> readings_of(const study::Study& study) {
  std::vector<network::Reading> readings;
  if (has_measured_weights(study)) {
    for (const network::MeasuredFile& file : study.network.measured_devices) {
      readings.push_back({.voltage = file.read_voltage, .duration = file.read_duration});
    }
    return readings;
  }
  for (const auto& variant : variants(study.weights())) {
    const device::Read& read = study.weights().cases[variant.cases.front()].read;
    readings.push_back({.voltage = read.voltage, .duration = read.duration});
  }
  return readings;
}

network::DeviceLevels levels_of(const std::vector<double>& conductances, std::size_t variant,
                                const results::Results& results, const parallel::Communicator& group) {
  network::DeviceLevels levels(conductances);
  const study::Study& study = results.study();
  if (has_measured_weights(study)) {
    levels.written = measured_conductances(study.measured.at(variant));
  } else if (study.network.level_source == "programmed") {
    levels.written =
        parallel::of_root(group, [&] { return programming::written_conductances(results, variant, conductances); });
  }
  for (auto& of_level : levels.written) {
    for (double& conductance : of_level) {
      conductance = (conductance - levels.lowest) / levels.span;
    }
  }
  return levels;
}

}  // namespace spinsweep::training
