#include "sweep/network_rows.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/network_table.hpp"

namespace spinsweep::sweep {

std::uint64_t place_of_scheme(const network::NetworkSettings& settings, const std::string& scheme) {
  return static_cast<std::uint64_t>(std::ranges::find(settings.schemes, scheme) - settings.schemes.begin());
}

bool BaselineRows::is_done() const {
  return says(cells(baseline_table::status).value(), store::CaseStatus::done);
}

bool BaselineRows::is_control_done(std::uint64_t scheme) const {
  return says(cells(baseline_table::control_status).at(scheme).value(), store::CaseStatus::done);
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
                         const std::vector<network::Misread>& misread, const network::ImageSet& images,
                         double wall_time) {
  const auto pixels = static_cast<std::size_t>(images.pixels());
  for (std::size_t k = 0; k < misread.size(); ++k) {
    cells(baseline_table::misclassified_index).at(k).write(misread[k].image);
    cells(baseline_table::misclassified_label).at(k).write(misread[k].label);
    cells(baseline_table::misclassified_prediction).at(k).write(misread[k].prediction);
    cells(baseline_table::misclassified_image)
        .at(k)
        .write(std::span(images.images).subspan(static_cast<std::size_t>(misread[k].image) * pixels, pixels));
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

void RunRows::write(const std::string& scheme, const network::Mlp<float>& model, const network::Evaluation& evaluation,
                    const std::vector<double>& loss, const std::vector<double>& histogram_ranges) {
  const std::uint64_t s = place(scheme);
  const auto classes = static_cast<std::uint64_t>(std::lround(std::sqrt(evaluation.confusion.size())));
  cells(network_table::test_accuracy).at(s).write(evaluation.accuracy);
  cells(network_table::confusion).at(s).write(evaluation.confusion, {classes, classes});
  if (!loss.empty()) {
    cells(network_table::loss).at(s).write(loss);
  }
  for (int layer = 0; layer < model.layers(); ++layer) {
    const double range = histogram_ranges[static_cast<std::size_t>(layer)];
    cells(network_table::weight_histogram)
        .at(s, layer)
        .write(network::histogram(model.weights(layer), -range, range, settings_.histogram_bins));
    cells(network_table::histogram_range).at(layer).write(range);
  }
}

void RunRows::write_levels(const std::string& scheme, const std::vector<std::int32_t>& used,
                           const std::vector<std::int32_t>& available) {
  cells(network_table::levels_used).at(place(scheme)).write(used);
  cells(network_table::levels_available).write(available);
}

void RunRows::write_inference_energy(const std::string& scheme, double energy) {
  cells(network_table::inference_energy).at(place(scheme)).write(energy);
}

void RunRows::write_requantized_accuracy(double accuracy) {
  cells(network_table::requantized_accuracy).write(accuracy);
}

void RunRows::write_layer_accuracy(int layer, double accuracy) {
  cells(network_table::layer_quantized_accuracy).at(layer).write(accuracy);
}

void RunRows::write_chip_accuracies(const std::string& scheme, const std::vector<double>& accuracies) {
  cells(network_table::chip_accuracy).at(place(scheme)).write(accuracies);
}

void RunRows::write_layer_chip_accuracies(int layer, const std::vector<double>& accuracies) {
  cells(network_table::layer_perturbed_accuracy).at(layer).write(accuracies);
}

void RunRows::commit(const std::string& scheme, double wall_time) {
  cells(network_table::wall_time).at(place(scheme)).write(wall_time);
  cells(network_table::status).at(place(scheme)).commit(store::CaseStatus::done);
}

void RunRows::mark(const std::string& scheme, store::CaseStatus status) {
  cells(network_table::status).at(place(scheme)).mark(status);
}

}  // namespace spinsweep::sweep
