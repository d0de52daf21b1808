#include "sweep/network_rows.hpp"

#include <algorithm>
#include <cmath>

#include "store/case_status.hpp"

namespace spinsweep::sweep {

namespace {

const std::string baseline_path = "/network/baseline/";

}  // namespace

std::uint64_t place_of_scheme(const network::NetworkSettings& settings, const std::string& scheme) {
  const auto& schemes = settings.schemes;
  return static_cast<std::uint64_t>(std::find(schemes.begin(), schemes.end(), scheme) - schemes.begin());
}

template <class T>
void BaselineRows::put(const std::string& variable, const std::vector<std::uint64_t>& more_start,
                       const std::vector<std::uint64_t>& more_count, std::span<const T> values) {
  store::Extent start(index_.begin(), index_.end());
  store::Extent count(index_.size(), 1);
  start.insert(start.end(), more_start.begin(), more_start.end());
  count.insert(count.end(), more_count.begin(), more_count.end());
  file_.write<T>(baseline_path + variable, start, count, values);
}

bool BaselineRows::is_done() const {
  const auto status =
      file_.read<std::int8_t>(baseline_path + "status", {index_.begin(), index_.end()}, {1, 1, 1}).front();
  return says(status, store::CaseStatus::done);
}

store::Extent BaselineRows::control_index(std::uint64_t scheme) const {
  return {index_[0], index_[1], index_[2], scheme};
}

bool BaselineRows::is_control_done(std::uint64_t scheme) const {
  const auto status =
      file_.read<std::int8_t>(baseline_path + "control_status", control_index(scheme), {1, 1, 1, 1}).front();
  return says(status, store::CaseStatus::done);
}

std::string BaselineRows::model() const {
  const auto size =
      file_.read<std::int64_t>(baseline_path + "model_size", {index_.begin(), index_.end()}, {1, 1, 1}).front();
  const auto bytes = file_.read<std::uint8_t>(baseline_path + "model", {index_[0], index_[1], index_[2], 0},
                                              {1, 1, 1, static_cast<std::uint64_t>(size)});
  return {bytes.begin(), bytes.end()};
}

std::vector<double> BaselineRows::loss(int epochs) const {
  return file_.read<double>(baseline_path + "loss", {index_[0], index_[1], index_[2], 0},
                            {1, 1, 1, static_cast<std::uint64_t>(epochs)});
}

void BaselineRows::store(const std::string& model, const std::vector<double>& loss, double accuracy,
                         const std::vector<network::Misclassified>& misclassified, const network::ImageSet& images,
                         double wall_time) {
  const auto pixels = static_cast<std::uint64_t>(images.pixels());
  for (std::uint64_t k = 0; k < misclassified.size(); ++k) {
    put<std::int32_t>("misread_index", {k}, {1}, std::span(&misclassified[k].image, 1));
    put<std::int32_t>("misread_label", {k}, {1}, std::span(&misclassified[k].label, 1));
    put<std::int32_t>("misread_prediction", {k}, {1}, std::span(&misclassified[k].prediction, 1));
    put<std::uint8_t>(
        "misread_image", {k, 0}, {1, pixels},
        std::span(images.images).subspan(static_cast<std::size_t>(misclassified[k].image) * pixels, pixels));
  }
  const std::vector<std::uint8_t> bytes(model.begin(), model.end());
  const auto size = static_cast<std::int64_t>(bytes.size());
  put<std::uint8_t>("model", {0}, {bytes.size()}, bytes);
  put<std::int64_t>("model_size", {}, {}, std::span(&size, 1));
  put<double>("loss", {0}, {loss.size()}, loss);
  put<double>("test_accuracy", {}, {}, std::span(&accuracy, 1));
  put<double>("wall_time", {}, {}, std::span(&wall_time, 1));
  file_.commit_case(baseline_path + "status", {index_.begin(), index_.end()}, store::CaseStatus::done);
}

void BaselineRows::store_control(std::uint64_t scheme, const std::vector<double>& loss, double accuracy,
                                 double wall_time) {
  put<double>("control_loss", {scheme, 0}, {1, loss.size()}, loss);
  put<double>("control_accuracy", {scheme}, {1}, std::span(&accuracy, 1));
  put<double>("control_wall_time", {scheme}, {1}, std::span(&wall_time, 1));
  file_.commit_case(baseline_path + "control_status", control_index(scheme), store::CaseStatus::done);
}

void BaselineRows::mark(store::CaseStatus status) {
  file_.mark_case(baseline_path + "status", {index_.begin(), index_.end()}, status);
}

void BaselineRows::mark_control(std::uint64_t scheme, store::CaseStatus status) {
  file_.mark_case(baseline_path + "control_status", control_index(scheme), status);
}

template <class T>
void RunRows::put(const std::string& variable, store::Extent start, store::Extent count, const std::vector<T>& values) {
  start.insert(start.begin(), index_.begin(), index_.end());
  count.insert(count.begin(), index_.size(), 1);
  file_.write<T>("/network/" + variable, start, count, values);
}

void RunRows::write(const std::string& scheme, const network::Mlp<float>& model, const network::Evaluation& evaluation,
                    const std::vector<double>& loss, const std::vector<double>& histogram_ranges) {
  const std::uint64_t s = place(scheme);
  const auto classes = static_cast<std::uint64_t>(std::lround(std::sqrt(evaluation.confusion.size())));
  put<double>("test_accuracy", {s}, {1}, {evaluation.accuracy});
  put<std::int64_t>("confusion", {s, 0, 0}, {1, classes, classes}, evaluation.confusion);
  if (!loss.empty()) {
    put<double>("loss", {s, 0}, {1, loss.size()}, loss);
  }
  const int bins = settings_.histogram_bins;
  for (int layer = 0; layer < model.layers(); ++layer) {
    const auto l = static_cast<std::uint64_t>(layer);
    const double range = histogram_ranges[l];
    put<std::int64_t>("weight_histogram", {s, l, 0}, {1, 1, static_cast<std::uint64_t>(bins)},
                      network::histogram(model.weights(layer), -range, range, bins));
    put<double>("histogram_range", {l}, {1}, {range});
  }
}

void RunRows::write_levels(const std::string& scheme, const std::vector<std::int32_t>& used,
                           const std::vector<std::int32_t>& available) {
  put<std::int32_t>("levels_used", {place(scheme), 0}, {1, used.size()}, used);
  put<std::int32_t>("levels_available", {0}, {available.size()}, available);
}

void RunRows::write_inference_energy(const std::string& scheme, double energy) {
  put<double>("inference_energy", {place(scheme)}, {1}, {energy});
}

void RunRows::write_snapped_accuracy(double accuracy) {
  put<double>("snapped_accuracy", {}, {}, {accuracy});
}

void RunRows::write_layer_accuracy(int layer, double accuracy) {
  put<double>("layer_quantized_accuracy", {static_cast<std::uint64_t>(layer)}, {1}, {accuracy});
}

void RunRows::write_chip_accuracies(const std::string& scheme, const std::vector<double>& accuracies) {
  put<double>("chip_accuracy", {place(scheme), 0}, {1, accuracies.size()}, accuracies);
}

void RunRows::write_layer_chip_accuracies(int layer, const std::vector<double>& accuracies) {
  put<double>("layer_perturbed_accuracy", {static_cast<std::uint64_t>(layer), 0}, {1, accuracies.size()}, accuracies);
}

store::Extent RunRows::status_index(const std::string& scheme) const {
  store::Extent index(index_.begin(), index_.end());
  index.push_back(place(scheme));
  return index;
}

void RunRows::commit(const std::string& scheme, double wall_time) {
  put<double>("wall_time", {place(scheme)}, {1}, {wall_time});
  file_.commit_case("/network/status", status_index(scheme), store::CaseStatus::done);
}

void RunRows::mark(const std::string& scheme, store::CaseStatus status) {
  file_.mark_case("/network/status", status_index(scheme), status);
}

}  // namespace spinsweep::sweep
