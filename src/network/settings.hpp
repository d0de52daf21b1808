#pragma once

#include <string>
#include <vector>

#include "base/key.hpp"
#include "network/deployment.hpp"
#include "network/measured_devices.hpp"
#include "network/methods.hpp"

namespace spinsweep::network {

/// The [network] section of a sweep file: what is trained, on what, and how it is put on the device.
struct NetworkSettings {
  std::vector<std::string> datasets = {"mnist", "fashion-mnist"};
  std::string data_folder = "data";
  std::vector<int> hidden = {128};
  int seeds = 1;

  int epochs = 6;
  int batch_size = 64;
  double learning_rate = 1e-3;
  Schedule learning_rate_schedule = Schedule::constant;
  double label_smoothing = 0.0;
  double dropout = 0.0;

  std::string activation = "simulated";
  int activation_order = 3;
  std::vector<MeasuredFile> measured_devices = {};
  std::string level_source = "relaxed_at_notches";
  int histogram_bins = 101;
  int device_samples = 0;
  std::string retention = "none";
  int ranks_per_model = 0;
  std::string model_file = {};
  std::string model_file_checksum = {};
  std::vector<std::string> store_weights = {};

  DeploymentSettings common = {};            ///< of deployments without settings of their own
  std::vector<Deployment> deployments = {};  ///< `fp32`, then the tables [[network.deployment]]

  static void declare(auto& key) {
    using N = NetworkSettings;
    using keys::between, keys::positive, keys::Role;
    constexpr keys::Range count{1.0, 1e6};
    key("datasets", &N::datasets,
        "folders of four IDX files each below `data_folder`; plain or .gz, of any size and number of classes");
    key("data_folder", &N::data_folder,
        "folder of the data sets; relative to where the program is started, not to the sweep file", Role::run);
    key("hidden", &N::hidden, "1", between(1, 1e5), "neurons of each hidden layer; `[]` for none");
    key("seeds", &N::seeds, "1", count, "independent trainings; with the seeds `study.seed`, `study.seed` + 1, ...");
    key("epochs", &N::epochs, "1", count, "epochs of the FP32 training by Adam");
    key("batch_size", &N::batch_size, "1", count, "samples in a batch over all ranks");
    key("learning_rate", &N::learning_rate, "1", positive, "learning rate of the FP32 training");
    key("learning_rate_schedule", &N::learning_rate_schedule, {"constant", "cosine"},
        "course of that learning rate; `cosine` falls to zero");
    key("label_smoothing", &N::label_smoothing, "1", between(0.0, 0.9),
        "share of the target spread over all classes; of every training");
    key("dropout", &N::dropout, "1", between(0.0, 0.9),
        "probability that a hidden neuron is dropped in a step; of every training");
    key("activation", &N::activation, {"simulated", "relu"},
        "activation of the hidden neurons; `simulated`: the polynomial fitted to the curve of `[neuron]`, `relu`: the "
        "rectified linear unit, in a study without that section");
    key("activation_order", &N::activation_order, "1", between(1, 9),
        "order of the polynomial fitted to the neuron's curve");
    key.list("measured_devices", &N::measured_devices,
             "`{ file = FILE }` of each set of measured devices, which takes the place of a synapse variant in a study "
             "without `[synapse]`; see [Measured devices](#measured-devices)");
    key("level_source", &N::level_source, {"relaxed_at_notches", "after_pulse", "programmed", "measured"},
        "where the levels of a synapse come from; the conductance of a wall relaxed at each notch and both ends, those "
        "that its pulses end with, the mean of those that `[programming]` has written, or of those that were measured, "
        "always and only with `measured_devices`");
    key("histogram_bins", &N::histogram_bins, "1", between(2, 1e6), "bins of each weight histogram");
    key("device_samples", &N::device_samples, "1", between(0, 1e6),
        "samples of all devices that each deployment on the device is evaluated with");
    key("retention", &N::retention, {"none", "simulated"},
        "time that passes before devices are read; `simulated`: device samples are evaluated again after each of the "
        "times of [retention] at each of its temperatures, by its jumps between levels");
    key("ranks_per_model", &N::ranks_per_model, "1", between(0, 1e6),
        "ranks that train one network together; 0: as many as leave none idle. Changes no result", Role::run);
    key("model_file", &N::model_file,
        "safetensors file of a network trained elsewhere, which takes the place of the FP32 training; relative to "
        "where the program is started, see [exchange.md](exchange.md)");
    key("model_file_checksum", &N::model_file_checksum, "checksum this file must have; recorded when a study begins");
    key("store_weights", &N::store_weights, method_names(),
        "methods whose networks are stored; see [results-file.md](results-file.md#networkweights)");
    key.table("", &N::common);
  }
};

}  // namespace spinsweep::network
