#include <algorithm>
#include <numeric>

#include "network/model_file.hpp"
#include "network/scheme.hpp"
#include "store/case_status.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/schema_parts.hpp"
#include "sweep/training_checkpoints.hpp"

namespace spinsweep::sweep {

using store::Type;
using store::Variable;

namespace {

/// The trainings that are under way.
void add_checkpoints(store::Group& group, std::uint64_t bytes, int ranks) {
  group.dimensions.push_back({"checkpoint_row", checkpoint_rows(ranks)});
  group.dimensions.push_back({"slot", 2});
  group.dimensions.push_back({"checkpoint_byte", bytes});
  group.variables.push_back(rows("checkpoint", {"checkpoint_row", "slot", "checkpoint_byte"}, "1",
                                 "trainings on their way, two slots of each written in turn", Type::uint8));
}

}  // namespace

store::Group network_group(const study::Study& study, const std::vector<network::DataSetShape>& data_sets, int ranks) {
  const auto& settings = study.network;
  const auto layers = settings.hidden.size() + 1;
  const auto most_classes =
      static_cast<std::uint64_t>(std::max_element(data_sets.begin(), data_sets.end(), [](const auto& a, const auto& b) {
                                   return a.classes < b.classes;
                                 })->classes);
  auto epochs = static_cast<std::uint64_t>(settings.epochs);
  for (const network::Scheme* scheme : network::schemes()) {
    if (const auto further = scheme->further_training(settings)) {
      epochs = std::max(epochs, static_cast<std::uint64_t>(further->epochs));
    }
  }
  store::Group group{.path = "/network"};
  group.dimensions = {{"variant", variants(study.synapse).size()},
                      {"neuron", variants(study.neuron).size()},
                      {"dataset", settings.datasets.size()},
                      {"seed", static_cast<std::uint64_t>(settings.seeds)},
                      {"mapping", settings.mapping.size()},
                      {"scheme", settings.schemes.size()},
                      {"layer", layers},
                      {"bin", static_cast<std::uint64_t>(settings.histogram_bins)},
                      {"label", most_classes},
                      {"prediction", most_classes},
                      {"epoch", epochs},
                      {"name_length", 48}};
  if (settings.chips > 0) {
    group.dimensions.push_back({"chip", static_cast<std::uint64_t>(settings.chips)});
  }
  std::vector<std::int64_t> seeds(static_cast<std::size_t>(settings.seeds));
  std::iota(seeds.begin(), seeds.end(), study.seed);
  Variable seed = rows("seed", {"seed"}, "1", "seed of the training", Type::int64);
  seed.initial = seeds;
  Variable datasets = rows("dataset_name", {"dataset", "name_length"}, "", "name of the data set", Type::character);
  datasets.initial = settings.datasets;
  Variable mappings =
      rows("mapping_name", {"mapping", "name_length"}, "", "how levels become weights", Type::character);
  mappings.initial = settings.mapping;
  Variable schemes =
      rows("scheme_name", {"scheme", "name_length"}, "", "how the network is put on the device", Type::character);
  schemes.initial = settings.schemes;
  std::vector<std::int64_t> class_counts;
  std::vector<std::int64_t> test_image_counts;
  for (const auto& data_set : data_sets) {
    class_counts.push_back(data_set.classes);
    test_image_counts.push_back(data_set.test_images);
  }
  Variable classes = rows("class_count", {"dataset"}, "1", "classes of the data set", Type::int64);
  classes.initial = class_counts;
  Variable test_images = rows("test_image_count", {"dataset"}, "1", "images accuracy is tested on", Type::int64);
  test_images.initial = test_image_counts;
  const std::vector<std::string> run = {"variant", "neuron", "dataset", "seed", "mapping"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = run;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  group.variables = {
      seed,
      datasets,
      classes,
      test_images,
      mappings,
      schemes,
      store::status_variable(with({"scheme"})),
      later("wall_time", with({"scheme"}), "s", "computing time"),
      later("test_accuracy", with({"scheme"}), "1", "share of the test images classified rightly"),
      later("snapped_accuracy", run, "1", "accuracy of the fine-tuned network put back on the levels"),
      later("loss", with({"scheme", "epoch"}), "1", "mean training loss of each epoch"),
      rows("levels_used", with({"scheme", "layer"}), "1", "different weights a layer has on the levels", Type::int32),
      rows("levels_available", with({"layer"}), "1", "different weights a layer can have on the levels", Type::int32),
      rows("confusion", with({"scheme", "label", "prediction"}), "1", "test images", Type::int64),
      rows("weight_histogram", with({"scheme", "layer", "bin"}), "1", "weights", Type::int64),
      rows("histogram_range", with({"layer"}), "1", "bins go from minus this to this"),
      later("layer_quantized_accuracy", with({"layer"}), "1", "accuracy with this layer alone on the levels"),
      later("inference_energy", with({"scheme"}), "J", "energy of all synapses for one test image, mean")};
  if (settings.chips > 0) {
    group.variables.push_back(later("chip_accuracy", with({"scheme", "chip"}), "1", "accuracy on each drawn chip"));
    group.variables.push_back(later("layer_perturbed_accuracy", with({"layer", "chip"}), "1",
                                    "accuracy of the quantised network with this layer alone on each drawn chip"));
  }
  std::uint64_t checkpoint_bytes = 0;
  for (const auto& data_set : data_sets) {
    const network::ParameterLayout layout(layer_sizes(study.network, data_set));
    checkpoint_bytes = std::max(checkpoint_bytes, largest_training_bytes(layout, epochs));
  }
  add_checkpoints(group, checkpoint_bytes, ranks);
  return group;
}

store::Group baseline_group(const study::Study& study, const std::vector<network::DataSetShape>& data_sets) {
  std::uint64_t model_bytes = 0;
  std::uint64_t most_pixels = 0;
  std::vector<std::int64_t> widths;
  std::vector<std::int64_t> heights;
  for (const auto& data_set : data_sets) {
    most_pixels = std::max(most_pixels, static_cast<std::uint64_t>(data_set.pixels));
    widths.push_back(data_set.width);
    heights.push_back(data_set.height);
    model_bytes =
        std::max(model_bytes, network::model_bytes(network::ParameterLayout(layer_sizes(study.network, data_set)),
                                                   static_cast<std::size_t>(study.network.activation_order)));
  }
  store::Group group{.path = "/network/baseline"};
  group.dimensions = {{"model_byte", model_bytes}, {"misread", misread_count}, {"pixel", most_pixels}};
  const std::vector<std::string> run = {"neuron", "dataset", "seed"};
  const std::vector<std::string> control = {"neuron", "dataset", "seed", "scheme"};
  Variable image_width = rows("image_width", {"dataset"}, "1", "pixels in a row of an image", Type::int64);
  image_width.initial = widths;
  Variable image_height = rows("image_height", {"dataset"}, "1", "rows of an image", Type::int64);
  image_height.initial = heights;
  const auto misread = [](std::string name, std::string long_name) {
    Variable variable =
        rows(std::move(name), {"neuron", "dataset", "seed", "misread"}, "1", std::move(long_name), Type::int32);
    variable.initial = store::Everywhere{-1.0};
    return variable;
  };
  Variable control_status = store::status_variable(control);
  control_status.name = "control_status";
  group.variables = {store::status_variable(run),
                     later("wall_time", run, "s", "computing time"),
                     later("test_accuracy", run, "1", "share of the test images classified rightly"),
                     later("loss", {"neuron", "dataset", "seed", "epoch"}, "1", "mean training loss of each epoch"),
                     control_status,
                     later("control_wall_time", control, "s", "computing time of the control"),
                     later("control_accuracy", control, "1", "accuracy of FP32 trained on for as long as the scheme"),
                     later("control_loss", {"neuron", "dataset", "seed", "scheme", "epoch"}, "1",
                           "mean training loss of each epoch of the control"),
                     rows("model_size", run, "1", "bytes of the model", Type::int64),
                     rows("model", {"neuron", "dataset", "seed", "model_byte"}, "1",
                          "trained network: a Boost.Serialization object behind its checksum", Type::uint8),
                     image_width,
                     image_height,
                     misread("misread_index", "which test image the network misreads, -1 for none"),
                     misread("misread_label", "label of the misread image"),
                     misread("misread_prediction", "what the network takes the misread image for"),
                     rows("misread_image", {"neuron", "dataset", "seed", "misread", "pixel"}, "1",
                          "misread image, row by row, 255 = full ink", Type::uint8)};
  return group;
}

}  // namespace spinsweep::sweep
