#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/key.hpp"
#include "network/mapping.hpp"

namespace spinsweep::network {

/// The [network] section of a sweep file: what is trained, on what, and how it is put on the device.
struct NetworkSettings {
  /// In the order in which they follow from each other.
  static inline const std::vector<std::string> all_schemes = {"fp32", "quantized", "fine_tuned", "on_level"};

  std::vector<std::string> datasets = {"mnist", "fashion-mnist"};
  std::string data_folder = "data";
  std::vector<int> hidden = {128};
  int seeds = 1;
  std::vector<std::string> schemes = all_schemes;

  int epochs = 6;
  int batch_size = 64;
  double learning_rate = 1e-3;
  std::string learning_rate_schedule = "constant";
  double label_smoothing = 0.0;
  double dropout = 0.0;
  int fine_tune_epochs = 5;
  double fine_tune_learning_rate = 1e-2;
  std::string fine_tune_schedule = "cosine";
  std::string fine_tune_start = "bias_corrected";
  int on_level_epochs = 14;
  double on_level_learning_rate = 1e-3;

  int activation_order = 3;
  std::string levels = "pinned";
  std::vector<std::string> mapping = {"min_max"};
  double percentile = 99.9;
  std::string biases = "float";
  int histogram_bins = 101;

  int chips = 0;
  double device_spread = 0.0;
  double programming_error = 0.0;
  double read_noise = 0.0;
  std::string conductance_error = "absolute";
  double stuck_devices = 0.0;
  double retention_drift = 0.0;

  double read_voltage = 0.1;
  double read_duration = 10e-9;
  double heavy_metal_thickness = 5e-9;
  double heavy_metal_resistivity = 2.0e-6;

  int ranks_per_model = 0;

  /// Puts schemes into the order of all_schemes and adds fp32, which all others start from.
  static void sort_schemes(std::vector<std::string>& schemes) {
    std::vector<std::string> sorted;
    for (const auto& name : all_schemes) {
      if (name == "fp32" || std::find(schemes.begin(), schemes.end(), name) != schemes.end()) {
        sorted.push_back(name);
      }
    }
    schemes = sorted;
  }

  /// Errors: InputError if one of them is no mapping.
  static void check_mappings(std::vector<std::string>& names) {
    for (const auto& name : names) {
      (void)Mapping(name);
    }
  }

  static void declare(auto& key) {
    using N = NetworkSettings;
    using keys::between, keys::positive, keys::Role;
    constexpr keys::Range count{1.0, 1e6};
    key("datasets", &N::datasets,
        "folders of four IDX files each below `data_folder`; plain or .gz, of any size and number of classes");
    key("data_folder", &N::data_folder,
        "where the data sets lie; counted from where the program is started, not from the sweep file", Role::run);
    key("hidden", &N::hidden, "1", between(1, 1e5), "neurons of each hidden layer; `[]` for none");
    key("seeds", &N::seeds, "1", count, "independent trainings; with the seeds `study.seed`, `study.seed` + 1, ...");
    key.checked("schemes", &N::schemes, N::all_schemes, &sort_schemes, "schemes to train and evaluate; `fp32` always is");
    key("epochs", &N::epochs, "1", count, "epochs of the FP32 training by Adam");
    key("batch_size", &N::batch_size, "1", count, "samples in a batch over all ranks");
    key("learning_rate", &N::learning_rate, "1", positive, "learning rate of the FP32 training");
    key("learning_rate_schedule", &N::learning_rate_schedule, {"constant", "cosine"},
        "course of that learning rate; `cosine` falls to zero");
    key("label_smoothing", &N::label_smoothing, "1", between(0.0, 0.9),
        "share of the target spread over all classes; of every training");
    key("dropout", &N::dropout, "1", between(0.0, 0.9),
        "probability that a hidden neuron is dropped in a step; of every training");
    key("fine_tune_epochs", &N::fine_tune_epochs, "1", count,
        "epochs of fine-tuning; after quantisation, with free weights");
    key("fine_tune_learning_rate", &N::fine_tune_learning_rate, "1", positive, "learning rate of fine-tuning");
    key("fine_tune_schedule", &N::fine_tune_schedule, {"constant", "cosine"},
        "course of that learning rate; `cosine` falls to zero");
    key("fine_tune_start", &N::fine_tune_start, {"quantized", "bias_corrected"},
        "network that fine-tuning starts from; see [Fine-tuning](#fine-tuning)");
    key("on_level_epochs", &N::on_level_epochs, "1", count, "epochs of the training with every weight on a level");
    key("on_level_learning_rate", &N::on_level_learning_rate, "1", positive,
        "learning rate of that training at its start; it falls to zero along a cosine");
    key("activation_order", &N::activation_order, "1", between(1, 9),
        "order of the polynomial fitted to the neuron's curve");
    key("levels", &N::levels, {"pinned", "reached"}, "which levels a synapse has");
    key.checked("mapping", &N::mapping, {}, &check_mappings, "how levels become weights; see [Mappings](#mappings)");
    key("percentile", &N::percentile, "1", between(50.0, 100.0),
        "percentile of the magnitudes that bounds the mapping `percentile`");
    key("biases", &N::biases, {"float", "own_scale", "layer_scale"},
        "biases of the quantised network; `on_level` puts them on their own scale at least");
    key("histogram_bins", &N::histogram_bins, "1", between(2, 1e6), "bins of each weight histogram");
    key("chips", &N::chips, "1", between(0, 1e6), "chips drawn for each scheme on the device");
    key("device_spread", &N::device_spread, "1", between(0.0, 10.0), "standard deviation of G between devices");
    key("programming_error", &N::programming_error, "1", between(0.0, 10.0), "standard deviation of G between writes");
    key("read_noise", &N::read_noise, "1", between(0.0, 10.0), "standard deviation of G between reads");
    key("conductance_error", &N::conductance_error, {"absolute", "relative"},
        "scale of these three deviations; `absolute`: the range of levels, `relative`: the device's G");
    key("stuck_devices", &N::stuck_devices, "1", between(0.0, 1.0), "share of devices at the lowest or highest level");
    key("retention_drift", &N::retention_drift, "1", between(0.0, 1.0),
        "share of the way to the nearest notch that a wall creeps before it is read");
    key("read_voltage", &N::read_voltage, "V", positive, "voltage of an input of 1");
    key("read_duration", &N::read_duration, "s", positive, "duration of a read pulse");
    key("heavy_metal_thickness", &N::heavy_metal_thickness, "m", positive, "thickness of the heavy metal");
    key("heavy_metal_resistivity", &N::heavy_metal_resistivity, "ohm m", positive,
        "resistivity of the heavy metal; of the order of beta-tungsten (C.-F. Pai et al., Appl. Phys. Lett. 101, "
        "122404, 2012)");
    key("ranks_per_model", &N::ranks_per_model, "1", between(0, 1e6),
        "ranks that train one network together; 0: as many as leave none idle. Changes no result", Role::run);
  }
};

/// Whether a scheme trains the FP32 network further, so that it is to be compared with a control: the same network
/// trained on with free weights, as long and with the same learning rates.
[[nodiscard]] inline bool has_control(const std::string& scheme) {
  return scheme == "fine_tuned" || scheme == "on_level";
}

}  // namespace spinsweep::network
