#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "network/schemes.hpp"

namespace spinsweep::network {

/// The [network] section of a sweep file: what is trained, on what, and how it is put on the device.
struct NetworkSettings {
  std::vector<std::string> datasets = {"mnist", "fashion-mnist"};  ///< names of folders below data_folder
  std::string data_folder = "data";  ///< holds one folder per data set with its four IDX or IDX.gz files
  std::vector<int> hidden = {128};   ///< neurons of each hidden layer; empty: none
  int seeds = 1;                     ///< independent trainings, seeds study.seed, study.seed + 1, ...
  std::vector<std::string> schemes = scheme_names();  ///< fp32 is always the first

  int epochs = 6;                                   ///< FP32 training
  int batch_size = 64;                              ///< samples of a global batch, over all ranks
  double learning_rate = 1e-3;                      ///< Adam
  std::string learning_rate_schedule = "constant";  ///< of the FP32 training: constant or cosine (to zero)
  double label_smoothing = 0.0;                     ///< fraction of the target spread over all classes
  double dropout = 0.0;                             ///< fraction of hidden neurons dropped in a step
  int fine_tune_epochs = 5;                         ///< training after quantisation, weights free
  double fine_tune_learning_rate = 1e-2;
  std::string fine_tune_schedule = "cosine";       ///< constant or cosine (to zero)
  std::string fine_tune_start = "bias_corrected";  ///< the quantised network: bias_corrected, see
                                                   ///< network::correct_biases(), or quantized, as it is
  int on_level_epochs = 14;              ///< training with every weight on a level, and of the FP32 control beside it
  double on_level_learning_rate = 1e-3;  ///< at its start; it falls to zero along a cosine

  int activation_order = 3;                        ///< order of the polynomial fitted to the neuron's curve
  std::string levels = "pinned";                   ///< which levels of a synapse variant: pinned or reached
  std::vector<std::string> mapping = {"min_max"};  ///< how levels become weights, see network::Mapping
  double percentile = 99.9;                        ///< of |weight|: the bound of the mapping "percentile"
  std::string biases = "float";                    ///< of the quantised network: float, own_scale or layer_scale
  int histogram_bins = 101;                        ///< bins of each weight histogram

  int chips = 0;                               ///< device samples that each quantised network is tested on
  double device_spread = 0.0;                  ///< standard deviation of G between devices
  double programming_error = 0.0;              ///< standard deviation of G between writes
  double read_noise = 0.0;                     ///< standard deviation of G between reads
  std::string conductance_error = "absolute";  ///< the three above: absolute, in units of the largest minus the
                                               ///< smallest level, or relative to the device's G
  double stuck_devices = 0.0;                  ///< share of devices that stay at their lowest or highest level
  double retention_drift = 0.0;  ///< share of the way to the nearest notch that a wall creeps before it is read

  double read_voltage = 0.1;                ///< V, of an input of 1
  double read_duration = 10e-9;             ///< s
  double heavy_metal_thickness = 5e-9;      ///< m
  double heavy_metal_resistivity = 2.0e-6;  ///< ohm m

  int ranks_per_model = 0;  ///< ranks that train one network together; 0: as many as leave none idle
};

}  // namespace spinsweep::network
