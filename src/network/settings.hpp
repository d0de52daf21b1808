#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/key.hpp"
#include "network/mapping.hpp"
#include "network/schemes.hpp"

namespace spinsweep::network {

/// The [network] section of a sweep file: what is trained, on what, and how it is put on the device.
struct NetworkSettings {
  std::vector<std::string> datasets = {"mnist", "fashion-mnist"};
  std::string data_folder = "data";
  std::vector<int> hidden = {128};
  int seeds = 1;
  std::vector<std::string> schemes = scheme_names();

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
  std::string levels = "relaxed_at_notches";
  std::vector<std::string> mapping = {"min_max"};
  double percentile = 99.9;
  std::string biases = "digital";
  int histogram_bins = 101;

  int chips = 0;
  double device_spread = 0.0;
  double programming_error = 0.0;
  double read_noise = 0.0;
  std::string conductance_error = "absolute";
  double stuck_devices = 0.0;
  double retention_drift = 0.0;

  int ranks_per_model = 0;

  /// Puts schemes into the order of scheme_names() and adds fp32, which all others start from.
  static void sort_schemes(std::vector<std::string>& schemes) {
    std::vector<std::string> sorted;
    for (const auto& name : scheme_names()) {
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
    key.checked("schemes", &N::schemes, scheme_names(), &sort_schemes,
                "schemes to train and evaluate; `fp32` always is");
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
    key("fine_tune_start", &N::fine_tune_start, {"ptq", "bias_corrected"},
        "network that fine-tuning starts from; see [Fine-tuning](#fine-tuning)");
    key("qat_epochs", &N::on_level_epochs, "1", count,
        "epochs of quantisation-aware training; every weight is on a level throughout");
    key("qat_learning_rate", &N::on_level_learning_rate, "1", positive,
        "learning rate of that training at its start; it falls to zero along a cosine");
    key("activation_order", &N::activation_order, "1", between(1, 9),
        "order of the polynomial fitted to the neuron's curve");
    key("level_source", &N::levels, {"relaxed_at_notches", "after_pulse"},
        "where the levels of a synapse come from; the conductance of a wall relaxed at each notch and both ends, or "
        "those that its pulses end with");
    key.checked("mapping", &N::mapping, {}, &check_mappings, "how levels become weights; see [Mappings](#mappings)");
    key("percentile", &N::percentile, "1", between(50.0, 100.0),
        "percentile of the magnitudes that bounds the mapping `percentile`");
    key("biases", &N::biases, {"digital", "own_range", "shared_range"},
        "biases of the quantised network; digital, on levels with a range of their own, or with that of the weights. "
        "`qat` has at least `own_range`");
    key("histogram_bins", &N::histogram_bins, "1", between(2, 1e6), "bins of each weight histogram");
    key("device_samples", &N::chips, "1", between(0, 1e6),
        "samples of all devices that each scheme on the device is evaluated with");
    key("device_to_device_sigma", &N::device_spread, "1", between(0.0, 10.0),
        "standard deviation of G between devices");
    key("programming_noise", &N::programming_error, "1", between(0.0, 10.0), "standard deviation of G between writes");
    key("read_noise", &N::read_noise, "1", between(0.0, 10.0), "standard deviation of G between reads");
    key("noise_scale", &N::conductance_error, {"absolute", "relative"},
        "scale of these three deviations; `absolute`: the range of levels, `relative`: the device's G");
    key("stuck_at_fraction", &N::stuck_devices, "1", between(0.0, 1.0),
        "fraction of devices stuck at their lowest or highest level");
    key("retention_relaxation", &N::retention_drift, "1", between(0.0, 1.0),
        "fraction of the way to the nearest notch that a wall relaxes before it is read");
    key("ranks_per_model", &N::ranks_per_model, "1", between(0, 1e6),
        "ranks that train one network together; 0: as many as leave none idle. Changes no result", Role::run);
  }
};

}  // namespace spinsweep::network
