#include "training/network_rows.hpp"

#include <algorithm>
#include <cmath>

#include "training/network_table.hpp"

namespace spinsweep::training {

std::uint64_t row_major_place(std::span<const std::uint64_t> index, const store::Extent& shape) {
  std::uint64_t place = 0;
  for (std::size_t k = 0; k < index.size(); ++k) {
    place = place * shape[k] + index[k];
  }
  return place;
}

std::uint64_t place_of_scheme(const network::NetworkSettings& settings, const std::string& scheme) {
  return static_cast<std::uint64_t>(std::ranges::find(settings.schemes, scheme) - settings.schemes.begin());
}

bool BaselineRows::is_done() const {
  return is(cells(baseline_table::status).value(), store::CaseStatus::done);
}

bool BaselineRows::is_control_done(std::uint64_t scheme) const {
  return is(cells(baseline_table::control_status).at(scheme).value(), store::CaseStatus::done);
}

std::string BaselineRows::model() const {
  const auto size = static_cast<std::uint64_t>(cells(baseline_table::model_size).value());
  const auto bytes = cells(baseline_table::model).first(size);
  return {bytes.begin(), bytes.end()};
}

std::vector<double> BaselineRows::loss(int epochs) const {
  return cells(baseline_table::loss).first(static_cast<std::uint64_t>(epochs));
}

void BaselineRows::store(const std::string& model, const std::vector<double>& loss, double accuracy,
                         const std::vector<network::Misclassified>& misclassified, const network::ImageSet& images,
                         double wall_time) {
  const auto pixels = static_cast<std::size_t>(images.pixels());
  for (std::size_t k = 0; k < misclassified.size(); ++k) {
    cells(baseline_table::misclassified_index).at(k).write(misclassified[k].image);
    cells(baseline_table::misclassified_label).at(k).write(misclassified[k].label);
    cells(baseline_table::misclassified_prediction).at(k).write(misclassified[k].prediction);
    cells(baseline_table::misclassified_image)
        .at(k)
        .write(std::span(images.images).subspan(static_cast<std::size_t>(misclassified[k].image) * pixels, pixels));
  }
  const std::vector<std::uint8_t> bytes(model.begin(), model.end());
  cells(baseline_table::model).write(bytes);
  cells(baseline_table::model_size).write(static_cast<std::int64_t>(bytes.size()));
  cells(baseline_table::loss).write(loss);
  cells(baseline_table::test_accuracy).write(accuracy);
  cells(baseline_table::wall_time).write(wall_time);
  cells(baseline_table::status).commit(store::CaseStatus::done);
}

void BaselineRows::store_control(std::uint64_t scheme, const std::vector<double>& loss, double accuracy,
                                 double wall_time) {
  cells(baseline_table::control_loss).at(scheme).write(loss);
  cells(baseline_table::control_accuracy).at(scheme).write(accuracy);
  cells(baseline_table::control_wall_time).at(scheme).write(wall_time);
  cells(baseline_table::control_status).at(scheme).commit(store::CaseStatus::done);
}

void BaselineRows::mark(store::CaseStatus status) {
  cells(baseline_table::status).mark(status);
}

void BaselineRows::mark_control(std::uint64_t scheme, store::CaseStatus status) {
  cells(baseline_table::control_status).at(scheme).mark(status);
}

void RunRows::write(const std::string& scheme, const network::SchemeResult& result,
                    const std::vector<double>& histogram_ranges) {
  const std::uint64_t s = place(scheme);
  const std::vector<std::int64_t>& confusion = result.evaluation.confusion;
  const auto classes = static_cast<std::uint64_t>(std::lround(std::sqrt(confusion.size())));
  cells(network_table::test_accuracy).at(s).write(result.evaluation.accuracy);
  cells(network_table::confusion).at(s).write(confusion, {classes, classes});
  if (!result.loss.empty()) {
    cells(network_table::loss).at(s).write(result.loss);
  }
  for (int layer = 0; layer < result.network.layers(); ++layer) {
    const double range = histogram_ranges[static_cast<std::size_t>(layer)];
    cells(network_table::weight_histogram)
        .at(s, layer)
        .write(network::histogram(result.network.weights(layer), -range, range, settings_.histogram_bins));
    cells(network_table::histogram_range).at(layer).write(range);
  }
  if (result.requantized_accuracy) {
    cells(network_table::requantized_accuracy).write(*result.requantized_accuracy);
  }
  if (result.device) {
    cells(network_table::levels_used).at(s).write(result.device->levels_used);
    cells(network_table::levels_available).write(result.device->levels_available);
    cells(network_table::inference_energy).at(s).write(result.device->inference_energy);
    if (!result.device->sample_accuracies.empty()) {
      cells(network_table::chip_accuracy).at(s).write(result.device->sample_accuracies);
    }
  }
  for (std::size_t layer = 0; layer < result.layers.size(); ++layer) {
    cells(network_table::layer_quantized_accuracy).at(layer).write(result.layers[layer].accuracy);
    if (!result.layers[layer].sample_accuracies.empty()) {
      cells(network_table::layer_perturbed_accuracy).at(layer).write(result.layers[layer].sample_accuracies);
    }
  }
}

void RunRows::commit(const std::string& scheme, double wall_time) {
  cells(network_table::wall_time).at(place(scheme)).write(wall_time);
  cells(network_table::status).at(place(scheme)).commit(store::CaseStatus::done);
}

void RunRows::mark(const std::string& scheme, store::CaseStatus status) {
  cells(network_table::status).at(place(scheme)).mark(status);
}

}  // namespace spinsweep::training
