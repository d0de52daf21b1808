#pragma once

#include "characterization/variant_table.hpp"
#include "results/results.hpp"
#include "results/variable.hpp"
#include "retention/retention_table.hpp"
#include "simulation/case_table.hpp"

/// What the file holds of the networks on the devices: /network. A run is a synapse variant, a neuron variant, a data
/// set and a seed.
namespace spinsweep::training::network_table {

using namespace results;
using characterization::variant_table::neuron;
using characterization::variant_table::variant;
using simulation::case_table::checkpoint_row;
using simulation::case_table::slot;

/// Of the data set that has the most.
[[nodiscard]] std::uint64_t class_count_of_largest(const LayoutInput& input);
/// Of the training that takes most.
[[nodiscard]] std::uint64_t epoch_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t checkpoint_bytes(const LayoutInput& input);

inline const Dimension dataset{
    "dataset", [](const LayoutInput& input) { return std::uint64_t{input.study.network.datasets.size()}; }};
inline const Dimension seed{
    "seed", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.seeds); }};
inline const Dimension deployment{
    "deployment", [](const LayoutInput& input) { return std::uint64_t{input.study.network.deployments.size()}; }};
inline const Dimension layer{
    "layer", [](const LayoutInput& input) { return std::uint64_t{input.study.network.hidden.size() + 1}; }};
inline const Dimension bin{
    "bin", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.histogram_bins); }};
inline const Dimension label{"label", class_count_of_largest, false};
inline const Dimension prediction{"prediction", class_count_of_largest, false};
inline const Dimension epoch{"epoch", epoch_count};
inline const Dimension device_sample{"device_sample", [](const LayoutInput& input) {
                                       return static_cast<std::uint64_t>(input.study.network.device_samples);
                                     }};
inline const Dimension checkpoint_byte{"checkpoint_byte", checkpoint_bytes, false};

inline const Dimensions run = variant + neuron + dataset + seed;
inline const Dimensions deployed = run + deployment;

[[nodiscard]] bool has_network(const study::Study& study);
[[nodiscard]] bool has_device_samples(const LayoutInput& input);
[[nodiscard]] bool trains_in_situ(const LayoutInput& input);
/// How many times at how many temperatures devices are read after; 0 without `retention = "simulated"`.
[[nodiscard]] std::size_t aging_count(const study::Study& study);
[[nodiscard]] bool has_retention(const LayoutInput& input);
[[nodiscard]] store::InitialData seeds(const LayoutInput& input);
[[nodiscard]] store::InitialData dataset_names(const LayoutInput& input);
[[nodiscard]] store::InitialData deployment_controls(const LayoutInput& input);
[[nodiscard]] store::InitialData class_counts(const LayoutInput& input);
[[nodiscard]] store::InitialData test_image_counts(const LayoutInput& input);

/// A text of each deployment.
template <std::string network::Deployment::*Text>
[[nodiscard]] store::InitialData texts_of_deployments(const LayoutInput& input) {
  std::vector<std::string> texts;
  for (const network::Deployment& each : input.study.network.deployments) {
    texts.push_back(each.*Text);
  }
  return texts;
}

inline Group group{"/network", has_network};

inline const Variable<std::int64_t> seed_value(group, "seed", {&seed}, "1", "seed of the training",
                                               acting_as(Role::coordinate), filled_with(seeds));
inline const Names dataset_name(group, "dataset_name", dataset, "name of the data set", dataset_names);
inline const Variable<std::int64_t> class_count(group, "class_count", {&dataset}, "1", "classes of the data set",
                                                acting_as(Role::coordinate), filled_with(class_counts));
inline const Variable<std::int64_t> test_image_count(group, "test_image_count", {&dataset}, "1",
                                                     "number of test images", acting_as(Role::coordinate),
                                                     filled_with(test_image_counts));
inline const Names deployment_name(group, "deployment_name", deployment, "name of the deployment",
                                   texts_of_deployments<&network::Deployment::name>,
                                   remark("method, mapping and the settings that it has for itself"));
inline const Names deployment_method(group, "deployment_method", deployment, "how the network is put on the device",
                                     texts_of_deployments<&network::Deployment::method>);
inline const Names deployment_mapping(group, "deployment_mapping", deployment, "how levels become weights",
                                      texts_of_deployments<&network::Deployment::mapping>, remark("empty for `fp32`"));
inline const Variable<std::int64_t> deployment_control(
    group, "deployment_control", {&deployment}, "1", "index of the control that the deployment is compared with",
    acting_as(Role::coordinate), filled_with(deployment_controls),
    remark("along `control` of /network/baseline; -1 if the method does not train further"));
inline const Status status(group, "status", deployed, "how far the deployment of the run is");
inline const Variable<double> wall_time(group, "wall_time", deployed, "s", "computing time", acting_as(Role::cost),
                                        governed_by(status), remark("that the ranks took together"));
inline const Variable<double> test_accuracy(group, "test_accuracy", deployed, "1",
                                            "fraction of test images classified correctly", governed_by(status),
                                            remark("NaN until known; `fp32` is the same for all variants"));
inline const Variable<double> requantized_accuracy(
    group, "requantized_accuracy", deployed, "1",
    "accuracy of the fine-tuned network with every weight on its nearest level again", governed_by(status),
    remark("NaN for other methods"));
inline const Variable<double> loss(group, "loss", deployed + epoch, "1", "mean training loss of each epoch",
                                   governed_by(status),
                                   remark("NaN beyond a training's epochs, and for `ptq`, which is not trained"));
inline const Variable<std::int32_t> levels_used(group, "levels_used", deployed + layer, "1",
                                                "different weights of a layer that lie on levels", governed_by(status),
                                                remark("0 if its weights are not on levels (`fp32`, `fine_tuned`)"));
inline const Variable<std::int32_t> levels_available(group, "levels_available", deployed + layer, "1",
                                                     "different weights that a layer can have on the levels",
                                                     governed_by(status),
                                                     remark("levels, or differences of them, times ranges"));
inline const Variable<std::int64_t> confusion(group, "confusion", deployed + label + prediction, "1",
                                              "test images of each label by prediction", governed_by(status),
                                              remark("a data set of fewer classes leaves the last rows zero"));
inline const Variable<std::int64_t> weight_histogram(
    group, "weight_histogram", deployed + layer + bin, "1", "number of weights in each bin", governed_by(status),
    remark("bins of equal width from minus to plus `histogram_range`"));
inline const Variable<double> histogram_range(group, "histogram_range", run + layer, "1",
                                              "largest magnitude of a weight in the histogram", zero_until_written);
inline const Variable<double> layer_quantized_accuracy(group, "layer_quantized_accuracy", deployed + layer, "1",
                                                       "accuracy with this layer alone on its levels",
                                                       governed_by(status),
                                                       remark("the others in FP32; NaN for methods other than `ptq`"));
inline const Variable<double> inference_energy(
    group, "inference_energy", deployed, "J", "energy of all synapses for one test image, mean", governed_by(status),
    remark("NaN for `fp32`; of `fine_tuned` with its weights requantized, for free weights belong to no device"));
inline const Variable<double> training_pulses(group, "training_pulses", deployed, "1",
                                              "pulses of training in situ on a device, mean", only_if(trains_in_situ),
                                              governed_by(status),
                                              remark("only if a deployment trains `in_situ`; NaN for the others"));
inline const Variable<double> device_sample_accuracy(
    group, "device_sample_accuracy", deployed + device_sample, "1", "accuracy on each device sample",
    only_if(has_device_samples), governed_by(status),
    remark("only if `device_samples` > 0; NaN for `fp32`, `fine_tuned` requantized as above"));
inline const Variable<double> layer_device_sample_accuracy(
    group, "layer_device_sample_accuracy", deployed + layer + device_sample, "1",
    "accuracy of the quantised network on each device sample if only the devices of this layer vary",
    only_if(has_device_samples), governed_by(status),
    remark("only if `device_samples` > 0; NaN for methods other than `ptq`"));
inline const Variable<double> retained_accuracy(
    group, "retained_accuracy",
    deployed + retention::retention_table::temperature + retention::retention_table::time + device_sample, "1",
    "accuracy on each device sample after a time at a temperature", only_if(has_retention), governed_by(status),
    remark(
        "only if `retention` is `simulated`; NaN where `device_sample_accuracy` is, and for variants whose retention "
        "is not known"));
inline const Variable<std::uint8_t> checkpoint(group, "checkpoint", checkpoint_row + slot + checkpoint_byte, "1",
                                               "states of unfinished trainings", acting_as(Role::checkpoint),
                                               remark("not for readers"));

}  // namespace spinsweep::training::network_table

/// The FP32 networks, which all variants of the synapse share, and their controls: /network/baseline.
namespace spinsweep::training::baseline_table {

using namespace results;
using network_table::dataset;
using network_table::epoch;
using network_table::neuron;
using network_table::seed;

/// How many misclassified test images of each FP32 network the file keeps.
inline constexpr std::uint64_t misclassified_count = 16;

[[nodiscard]] std::uint64_t largest_model_bytes(const LayoutInput& input);
[[nodiscard]] std::uint64_t largest_parameter_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t largest_pixel_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t control_count(const LayoutInput& input);
[[nodiscard]] bool has_controls(const LayoutInput& input);
[[nodiscard]] store::InitialData control_names(const LayoutInput& input);
[[nodiscard]] store::InitialData image_widths(const LayoutInput& input);
[[nodiscard]] store::InitialData image_heights(const LayoutInput& input);
/// -1 in every element.
[[nodiscard]] store::InitialData none(const LayoutInput& input);

inline const Dimension model_byte{"model_byte", largest_model_bytes, false};
inline const Dimension network_parameter{"network_parameter", largest_parameter_count, false};
inline const Dimension misclassified{"misclassified", fixed<misclassified_count>};
inline const Dimension pixel{"pixel", largest_pixel_count, false};

inline const Dimensions training = neuron + dataset + seed;
inline const Dimension control{"control", control_count};
inline const Dimensions controlled = training + control;

inline Group group{"/network/baseline", network_table::has_network};

inline const Status status(group, "status", training, "how far the training is");
inline const Variable<double> wall_time(group, "wall_time", training, "s", "computing time", acting_as(Role::cost),
                                        governed_by(status), remark("that the ranks took together"));
inline const Variable<double> test_accuracy(group, "test_accuracy", training, "1",
                                            "fraction of test images classified correctly", governed_by(status));
inline const Variable<double> loss(group, "loss", training + epoch, "1", "mean training loss of each epoch",
                                   governed_by(status));
inline const Names control_name(group, "control_name", control, "deployments that the control is compared with",
                                control_names, only_if(has_controls), remark("their method, or the first of them"));
inline const Status control_status(group, "control_status", controlled, "how far the control is",
                                   only_if(has_controls));
inline const Variable<double> control_wall_time(group, "control_wall_time", controlled, "s",
                                                "computing time of the control", acting_as(Role::cost),
                                                only_if(has_controls), governed_by(control_status));
inline const Variable<double> control_accuracy(
    group, "control_accuracy", controlled, "1",
    "accuracy of the FP32 network trained further for as long as the deployments", only_if(has_controls),
    governed_by(control_status));
inline const Variable<double> control_loss(group, "control_loss", controlled + epoch, "1",
                                           "mean training loss of each epoch of the control", only_if(has_controls),
                                           governed_by(control_status));
inline const Variable<std::int64_t> model_size(group, "model_size", training, "1", "bytes of the model",
                                               governed_by(status));
inline const Variable<std::uint8_t> model(group, "model", training + model_byte, "1",
                                          "trained network: a Boost.Serialization object behind its checksum",
                                          governed_by(status));
inline const Variable<float> weight(group, "weight", training + network_parameter, "1",
                                    "weights and biases of the trained network", governed_by(status),
                                    remark("layer after layer the weights [input][output], then the biases"));
inline const Variable<std::int64_t> image_width(group, "image_width", {&dataset}, "1", "pixels in a row of an image",
                                                acting_as(Role::coordinate), filled_with(image_widths));
inline const Variable<std::int64_t> image_height(group, "image_height", {&dataset}, "1", "rows of an image",
                                                 acting_as(Role::coordinate), filled_with(image_heights));
inline const Variable<std::int32_t> misclassified_index(group, "misclassified_index", training + misclassified, "1",
                                                        "place of a misclassified image in the test set",
                                                        governed_by(status), filled_with(none),
                                                        remark("the first of the test set; -1 where there are fewer"));
inline const Variable<std::int32_t> misclassified_label(group, "misclassified_label", training + misclassified, "1",
                                                        "label of the misclassified image", governed_by(status),
                                                        filled_with(none));
inline const Variable<std::int32_t> misclassified_prediction(
    group, "misclassified_prediction", training + misclassified, "1",
    "class that the network predicts for the misclassified image", governed_by(status), filled_with(none));
inline const Variable<std::uint8_t> misclassified_image(
    group, "misclassified_image", training + misclassified + pixel, "1",
    "misclassified image, row by row, 255 = full ink", governed_by(status),
    remark("`image_height` rows of `image_width` pixels, then zeros"));

}  // namespace spinsweep::training::baseline_table

namespace spinsweep::training {

/// How far every control is; empty if the study has none.
[[nodiscard]] std::vector<store::CaseStatus> control_statuses(const results::Results& results);

}  // namespace spinsweep::training
