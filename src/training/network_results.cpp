#include "training/network_results.hpp"

#include <cmath>

#include <algorithm>

#include "network/evaluation.hpp"
#include "network/level_codes.hpp"
#include "network/misclassified.hpp"
#include "training/network_table.hpp"
#include "training/weights_table.hpp"

namespace spinsweep::training {

namespace {

bool stores_weights_of(const results::Results& results, std::size_t deployment) {
  const network::NetworkSettings& settings = results.study().network;
  return std::ranges::find(settings.store_weights, settings.deployments[deployment].method) !=
         settings.store_weights.end();
}

void write_codebooks(results::Cells<double> cells, const network::Codes& codes) {
  for (std::size_t channel = 0; channel < codes.codebooks.size(); ++channel) {
    const std::vector<float>& levels = codes.codebooks[channel];
    const std::vector<double> values(levels.begin(), levels.end());
    cells.at(channel).write(values, {values.size()});
  }
}

void write_weights(results::Results& results, const store::Extent& index, const network::Mlp<float>& network,
                   const network::Placement* placement) {
  namespace table = weights_table;
  const std::vector<float> weights = network::unpadded_parameters(network);
  results[table::weight].at(index).write(weights, {weights.size()});
  if (placement == nullptr) {
    return;
  }
  std::vector<std::int32_t> levels;
  const auto append = [&](std::vector<std::int32_t> codes, std::size_t count) {
    codes.resize(count, 0);
    levels.insert(levels.end(), codes.begin(), codes.end());
  };
  for (int layer = 0; layer < network.layers(); ++layer) {
    const network::LayerCodes codes = nearest_codes(*placement, network, layer);
    append(codes.weights.codes, network.weight_count(layer));
    append(codes.biases.codes, static_cast<std::size_t>(network.outputs(layer)));
    write_codebooks(results[table::codebook].at(index).at(layer), codes.weights);
    write_codebooks(results[table::bias_codebook].at(index).at(layer), codes.biases);
  }
  results[table::level].at(index).write(levels, {levels.size()});
}

}  // namespace

void write_baseline(results::Results& results, const store::Extent& index, const network::Baseline& baseline,
                    const std::string& model, const network::ImageSet& images, double wall_time) {
  namespace table = baseline_table;
  const auto cells = [&](const auto& variable) { return results[variable].at(index); };
  const auto pixels = static_cast<std::size_t>(images.pixels());
  const auto misclassified = network::first_misclassified(baseline.network, images, table::misclassified_count);
  for (std::size_t k = 0; k < misclassified.size(); ++k) {
    const network::Misclassified& found = misclassified[k];
    cells(table::misclassified_index).at(k).write(found.image);
    cells(table::misclassified_label).at(k).write(found.label);
    cells(table::misclassified_prediction).at(k).write(found.prediction);
    cells(table::misclassified_image)
        .at(k)
        .write(std::span(images.images).subspan(static_cast<std::size_t>(found.image) * pixels, pixels));
  }
  const std::vector<std::uint8_t> bytes(model.begin(), model.end());
  cells(table::model).write(bytes);
  const std::vector<float> weights = network::unpadded_parameters(baseline.network);
  cells(table::weight).write(weights, {weights.size()});
  cells(table::model_size).write(static_cast<std::int64_t>(bytes.size()));
  if (!baseline.loss.empty()) {
    cells(table::loss).write(baseline.loss);
  }
  cells(table::test_accuracy).write(baseline.evaluation.accuracy);
  cells(table::wall_time).write(wall_time);
  cells(table::status).commit(store::CaseStatus::done);
}

void write_deployment(results::Results& results, const store::Extent& index, const network::MethodResult& result,
                      const network::Placement* placement, const std::vector<double>& histogram_ranges,
                      double wall_time) {
  namespace table = network_table;
  const auto cells = [&](const auto& variable) { return results[variable].at(index); };
  const store::Extent run(index.begin(), index.end() - 1);
  const std::vector<std::int64_t>& confusion = result.evaluation.confusion;
  const auto classes = static_cast<std::uint64_t>(std::lround(std::sqrt(confusion.size())));
  cells(table::test_accuracy).write(result.evaluation.accuracy);
  cells(table::confusion).write(confusion, {classes, classes});
  if (!result.loss.empty()) {
    cells(table::loss).write(result.loss);
  }
  const auto bins = static_cast<int>(results[table::weight_histogram].shape().back());
  for (int layer = 0; layer < result.network.layers(); ++layer) {
    const double range = histogram_ranges[static_cast<std::size_t>(layer)];
    cells(table::weight_histogram)
        .at(layer)
        .write(network::histogram(result.network.weights(layer), -range, range, bins));
    results[table::histogram_range].at(run).at(layer).write(range);
  }
  if (result.requantized_accuracy) {
    cells(table::requantized_accuracy).write(*result.requantized_accuracy);
  }
  if (result.device) {
    cells(table::levels_used).write(result.device->levels_used);
    cells(table::levels_available).write(result.device->levels_available);
    cells(table::inference_energy).write(result.device->inference_energy);
    if (!result.device->sample_accuracies.empty()) {
      cells(table::device_sample_accuracy).write(result.device->sample_accuracies);
    }
  }
  if (result.in_situ) {
    cells(table::inference_energy).write(result.in_situ->inference_energy);
    cells(table::training_pulses).write(result.in_situ->pulses_per_device);
  }
  if (result.device && !result.device->retained_accuracies.empty()) {
    cells(table::retained_accuracy).write(result.device->retained_accuracies);
  }
  for (std::size_t layer = 0; layer < result.layers.size(); ++layer) {
    cells(table::layer_quantized_accuracy).at(layer).write(result.layers[layer].accuracy);
    if (!result.layers[layer].sample_accuracies.empty()) {
      cells(table::layer_device_sample_accuracy).at(layer).write(result.layers[layer].sample_accuracies);
    }
  }
  if (stores_weights_of(results, index.back())) {
    write_weights(results, index, result.network, placement);
  }
  cells(table::wall_time).write(wall_time);
  cells(table::status).commit(store::CaseStatus::done);
}

}  // namespace spinsweep::training
