#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace spinsweep::network {

/// The [network] section of a sweep file: what is trained, on what, and how it is put on the device.
struct NetworkSettings {
  std::vector<std::string> datasets = {"mnist", "fashion-mnist"};  ///< names of folders below data_folder
  std::string data_folder = "data";  ///< holds one folder per data set with its four IDX or IDX.gz files
  std::vector<int> hidden = {128};   ///< neurons of each hidden layer
  int seeds = 1;                     ///< independent trainings, seeds study.seed, study.seed + 1, ...
  int epochs = 6;                    ///< FP32 training
  int batch_size = 64;               ///< samples of a global batch, over all ranks
  double learning_rate = 1e-3;       ///< Adam
  int fine_tune_epochs = 1;          ///< training after quantisation, weights free
  double fine_tune_learning_rate = 1e-3;
  int activation_order = 3;         ///< order of the polynomial fitted to the neuron's curve
  std::string levels = "pinned";    ///< which levels of a synapse variant: pinned or reached
  std::string mapping = "min_max";  ///< how levels are spread over a layer's weights: min_max or max_abs
  int histogram_bins = 101;         ///< bins of each weight histogram
};

}  // namespace spinsweep::network
