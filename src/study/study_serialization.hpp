#pragma once

#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include "study/parameter.hpp"
#include "study/study.hpp"

/// How a study travels from the rank that read it to the others. They must not read it anew: a plan is only a plan if
/// every rank numbers the cases alike.
namespace boost::serialization {

/// By the registry, so that a new parameter needs no line here. Keys that follow from others are set to what they
/// follow to, which is the same device.
template <class Archive>
void serialize(Archive& archive, spinsweep::device::DeviceParameters& parameters, unsigned /*version*/) {
  archive& parameters.kind& parameters.wall.relax& parameters.wall.file& parameters.wall.file_checksum& parameters
      .tolerance;
  archive& parameters.thermal.seed;
  for (const auto& parameter : spinsweep::study::parameters()) {
    double value = parameter.get(parameters);
    archive& value;
    parameter.set(parameters, value);
  }
}

template <class Archive>
void serialize(Archive& archive, spinsweep::study::Axis& axis, unsigned /*version*/) {
  archive& axis.path& axis.values;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::study::Bisection& bisection, unsigned /*version*/) {
  archive& bisection.criterion& bisection.notch& bisection.from& bisection.to& bisection.tolerance;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::study::DevicePlan& plan, unsigned /*version*/) {
  archive& plan.base& plan.axes& plan.cases& plan.sweep_text& plan.bisection;
  archive& plan.sampling.method& plan.sampling.count& plan.sampled_axes;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::network::NetworkSettings& s, unsigned /*version*/) {
  archive& s.datasets& s.data_folder& s.hidden& s.seeds& s.schemes& s.epochs& s.batch_size& s.learning_rate;
  archive& s.learning_rate_schedule& s.label_smoothing& s.dropout& s.fine_tune_epochs& s.fine_tune_learning_rate;
  archive& s.fine_tune_schedule& s.fine_tune_start& s.on_level_epochs& s.on_level_learning_rate& s.activation_order& s
      .levels& s.mapping& s.percentile;
  archive& s.biases& s.histogram_bins& s.chips& s.device_spread& s.programming_error& s.read_noise;
  archive& s.conductance_error& s.stuck_devices& s.retention_drift& s.read_voltage& s.read_duration;
  archive& s.heavy_metal_thickness& s.heavy_metal_resistivity& s.ranks_per_model;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::study::RunSettings& settings, unsigned /*version*/) {
  archive& settings.checkpoint_interval& settings.time_limit& settings.max_failures& settings.retry_failed;
  archive& settings.ranks_per_case;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::study::Study& study, unsigned /*version*/) {
  archive& study.name& study.seed& study.neuron& study.synapse& study.run& study.has_network& study.network& study.text;
}

}  // namespace boost::serialization
