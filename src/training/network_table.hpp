#pragma once

#include "characterization/variant_table.hpp"
#include "results/variable.hpp"
#include "simulation/case_table.hpp"

/// What the file holds of the networks on the devices: /network. A run is a synapse variant, a neuron variant, a data
/// set, a seed and a mapping.
namespace spinsweep::training::network_table {

using characterization::variant_table::neuron;
using characterization::variant_table::variant;
using results::acting_as;
using results::called;
using results::Dimension;
using results::Dimensions;
using results::filled_with;
using results::fixed;
using results::governed_by;
using results::Group;
using results::LayoutInput;
using results::only_if;
using results::remark;
using results::Role;
using results::Status;
using results::Variable;
using simulation::case_table::checkpoint_row;
using simulation::case_table::slot;

/// Of the data set that has the most.
[[nodiscard]] std::uint64_t class_count_of_largest(const LayoutInput& input);
/// Of the scheme that trains longest.
[[nodiscard]] std::uint64_t epoch_count(const LayoutInput& input);
[[nodiscard]] std::uint64_t checkpoint_bytes(const LayoutInput& input);

inline const Dimension dataset{
    "dataset", [](const LayoutInput& input) { return std::uint64_t{input.study.network.datasets.size()}; }};
inline const Dimension seed{
    "seed", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.seeds); }};
inline const Dimension mapping{
    "mapping", [](const LayoutInput& input) { return std::uint64_t{input.study.network.mapping.size()}; }};
inline const Dimension scheme{
    "scheme", [](const LayoutInput& input) { return std::uint64_t{input.study.network.schemes.size()}; }};
inline const Dimension layer{
    "layer", [](const LayoutInput& input) { return std::uint64_t{input.study.network.hidden.size() + 1}; }};
inline const Dimension bin{
    "bin", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.histogram_bins); }};
inline const Dimension label{"label", class_count_of_largest, false};
inline const Dimension prediction{"prediction", class_count_of_largest, false};
inline const Dimension epoch{"epoch", epoch_count};
inline const Dimension chip{
    "chip", [](const LayoutInput& input) { return static_cast<std::uint64_t>(input.study.network.chips); }};
inline const Dimension name_length{"name_length", fixed<48>};
inline const Dimension checkpoint_byte{"checkpoint_byte", checkpoint_bytes, false};

inline const Dimensions run = variant + neuron + dataset + seed + mapping;

[[nodiscard]] bool has_network(const study::Study& study);
[[nodiscard]] bool has_device_samples(const LayoutInput& input);
[[nodiscard]] store::InitialData seeds(const LayoutInput& input);
[[nodiscard]] store::InitialData dataset_names(const LayoutInput& input);
[[nodiscard]] store::InitialData mapping_names(const LayoutInput& input);
[[nodiscard]] store::InitialData scheme_names(const LayoutInput& input);
[[nodiscard]] store::InitialData class_counts(const LayoutInput& input);
[[nodiscard]] store::InitialData test_image_counts(const LayoutInput& input);

inline Group group{"/network", has_network};

inline const Variable<std::int64_t> seed_value(group, "seed", {&seed}, "1", "seed of the training",
                                               acting_as(Role::coordinate), filled_with(seeds));
inline const Variable<char> dataset_name(group, "dataset_name", dataset + name_length, "", "name of the data set",
                                         acting_as(Role::name), filled_with(dataset_names));
inline const Variable<std::int64_t> class_count(group, "class_count", {&dataset}, "1", "classes of the data set",
                                                acting_as(Role::coordinate), filled_with(class_counts));
inline const Variable<std::int64_t> test_image_count(group, "test_image_count", {&dataset}, "1",
                                                     "images accuracy is tested on", acting_as(Role::coordinate),
                                                     filled_with(test_image_counts));
inline const Variable<char> mapping_name(group, "mapping_name", mapping + name_length, "", "how levels become weights",
                                         acting_as(Role::name), filled_with(mapping_names));
inline const Variable<char> scheme_name(group, "scheme_name", scheme + name_length, "",
                                        "how the network is put on the device", acting_as(Role::name),
                                        filled_with(scheme_names));
inline const Status status(group, "status", run + scheme, "how far the scheme of the run is");
inline const Variable<double> wall_time(group, "wall_time", run + scheme, "s", "computing time", acting_as(Role::cost),
                                        governed_by(status), remark("that the ranks took together"));
inline const Variable<double> test_accuracy(
    group, "test_accuracy", run + scheme, "1", "fraction of test images classified correctly", governed_by(status),
    remark("NaN until known; `fp32` is the same for all variants and mappings"));
inline const Variable<double> requantized_accuracy(
    group, "requantized_accuracy", run, "1",
    "accuracy of the fine-tuned network with every weight on its nearest level again");
inline const Variable<double> loss(group, "loss", run + scheme + epoch, "1", "mean training loss of each epoch",
                                   governed_by(status),
                                   remark("NaN beyond a scheme's epochs, and for `ptq`, which is not trained"));
inline const Variable<std::int32_t> levels_used(group, "levels_used", run + scheme + layer, "1",
                                                "different weights of a layer that lie on levels", governed_by(status),
                                                remark("0 if its weights are not on levels (`fp32`, `fine_tuned`)"));
inline const Variable<std::int32_t> levels_available(group, "levels_available", run + layer, "1",
                                                     "different weights that a layer can have on the levels",
                                                     remark("levels, or differences of them, times ranges"));
inline const Variable<std::int64_t> confusion(group, "confusion", run + scheme + label + prediction, "1",
                                              "test images of each label by prediction", governed_by(status),
                                              remark("a data set of fewer classes leaves the last rows zero"));
inline const Variable<std::int64_t> weight_histogram(
    group, "weight_histogram", run + scheme + layer + bin, "1", "number of weights in each bin", governed_by(status),
    remark("bins of equal width from minus to plus `histogram_range`"));
inline const Variable<double> histogram_range(group, "histogram_range", run + layer, "1",
                                              "largest magnitude of a weight in the histogram",
                                              results::zero_until_written());
inline const Variable<double> layer_quantized_accuracy(group, "layer_quantized_accuracy", run + layer, "1",
                                                       "accuracy with this layer alone on its levels",
                                                       remark("the others in FP32"));
inline const Variable<double> inference_energy(
    group, "inference_energy", run + scheme, "J", "energy of all synapses for one test image, mean",
    governed_by(status),
    remark("NaN for `fp32`; of `fine_tuned` with its weights requantized, for free weights belong to no device"));
inline const Variable<double> chip_accuracy(
    group, "chip_accuracy", run + scheme + chip, "1", "accuracy on each drawn chip", only_if(has_device_samples),
    governed_by(status), remark("only if `device_samples` > 0; NaN for `fp32`, `fine_tuned` requantized as above"));
inline const Variable<double> layer_perturbed_accuracy(
    group, "layer_perturbed_accuracy", run + layer + chip, "1",
    "accuracy of the quantised network on each drawn chip if only the devices of this layer vary",
    only_if(has_device_samples), remark("only if `device_samples` > 0"));
inline const Variable<std::uint8_t> checkpoint(group, "checkpoint", checkpoint_row + slot + checkpoint_byte, "1",
                                               "states of unfinished trainings", acting_as(Role::checkpoint),
                                               remark("not for readers"));

}  // namespace spinsweep::training::network_table

/// The FP32 networks, which all variants of the synapse share, and their controls: /network/baseline.
namespace spinsweep::training::baseline_table {

using network_table::dataset;
using network_table::epoch;
using network_table::neuron;
using network_table::scheme;
using network_table::seed;
using results::acting_as;
using results::Dimension;
using results::Dimensions;
using results::filled_with;
using results::governed_by;
using results::Group;
using results::LayoutInput;
using results::remark;
using results::Role;
using results::Status;
using results::Variable;

/// How many misclassified test images of each FP32 network the file keeps.
inline constexpr std::uint64_t misclassified_count = 16;

[[nodiscard]] std::uint64_t largest_model_bytes(const LayoutInput& input);
[[nodiscard]] std::uint64_t largest_pixel_count(const LayoutInput& input);
[[nodiscard]] store::InitialData image_widths(const LayoutInput& input);
[[nodiscard]] store::InitialData image_heights(const LayoutInput& input);
/// -1 in every element.
[[nodiscard]] store::InitialData none(const LayoutInput& input);

inline const Dimension model_byte{"model_byte", largest_model_bytes, false};
inline const Dimension misclassified{"misclassified", results::fixed<misclassified_count>};
inline const Dimension pixel{"pixel", largest_pixel_count, false};

inline const Dimensions training = neuron + dataset + seed;
inline const Dimensions control = training + scheme;

inline Group group{"/network/baseline", network_table::has_network};

inline const Status status(group, "status", training, "how far the training is");
inline const Variable<double> wall_time(group, "wall_time", training, "s", "computing time", acting_as(Role::cost),
                                        governed_by(status), remark("that the ranks took together"));
inline const Variable<double> test_accuracy(group, "test_accuracy", training, "1",
                                            "fraction of test images classified correctly", governed_by(status));
inline const Variable<double> loss(group, "loss", training + epoch, "1", "mean training loss of each epoch",
                                   governed_by(status));
inline const Status control_status(group, "control_status", control, "how far the control of the scheme is",
                                   remark("schemes other than `fine_tuned` and `qat` have no control"));
inline const Variable<double> control_wall_time(group, "control_wall_time", control, "s",
                                                "computing time of the control", acting_as(Role::cost),
                                                governed_by(control_status));
inline const Variable<double> control_accuracy(
    group, "control_accuracy", control, "1",
    "accuracy of the FP32 network trained further for as long as the scheme trains it", governed_by(control_status));
inline const Variable<double> control_loss(group, "control_loss", control + epoch, "1",
                                           "mean training loss of each epoch of the control",
                                           governed_by(control_status));
inline const Variable<std::int64_t> model_size(group, "model_size", training, "1", "bytes of the model",
                                               governed_by(status));
inline const Variable<std::uint8_t> model(group, "model", training + model_byte, "1",
                                          "trained network: a Boost.Serialization object behind its checksum",
                                          governed_by(status));
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
