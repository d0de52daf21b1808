#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "network/evaluation.hpp"
#include "network/misclassified.hpp"
#include "network/settings.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"

namespace spinsweep::sweep {

/// (neuron, data set, seed)
using BaselineIndex = std::array<std::uint64_t, 3>;

/// (variant, neuron, data set, seed, mapping)
using RunIndex = std::array<std::uint64_t, 5>;

/// Of the scheme, along its dimension.
[[nodiscard]] std::uint64_t place_of_scheme(const network::NetworkSettings& settings, const std::string& scheme);

/// The rows of one FP32 network and its controls in /network/baseline. Only one rank of those that train it reads and
/// writes them.
class BaselineRows {
 public:
  BaselineRows(store::ResultsFile& file, const BaselineIndex& index) : file_(file), index_(index) {}

  [[nodiscard]] bool is_done() const;
  /// scheme: its place along its dimension.
  [[nodiscard]] bool is_control_done(std::uint64_t scheme) const;

  /// As save_model() made it.
  [[nodiscard]] std::string model() const;
  [[nodiscard]] std::vector<double> loss(int epochs) const;

  /// The rows, then the status. wall_time: s.
  void store(const std::string& model, const std::vector<double>& loss, double accuracy,
             const std::vector<network::Misclassified>& misclassified, const network::ImageSet& images,
             double wall_time);
  void store_control(std::uint64_t scheme, const std::vector<double>& loss, double accuracy, double wall_time);

  /// Says that the network or its control is running or interrupted, without waiting for the disk.
  void mark(store::CaseStatus status);
  void mark_control(std::uint64_t scheme, store::CaseStatus status);

 private:
  template <class T>
  void put(const std::string& variable, const std::vector<std::uint64_t>& more_start,
           const std::vector<std::uint64_t>& more_count, std::span<const T> values);
  [[nodiscard]] store::Extent control_index(std::uint64_t scheme) const;

  store::ResultsFile& file_;
  BaselineIndex index_;
};

/// The rows of one run in /network. Only one rank of those that do it writes them.
class RunRows {
 public:
  RunRows(store::ResultsFile& file, const RunIndex& index, const network::NetworkSettings& settings)
      : file_(file), index_(index), settings_(settings) {}

  [[nodiscard]] std::uint64_t place(const std::string& scheme) const { return place_of_scheme(settings_, scheme); }

  void write(const std::string& scheme, const network::Mlp<float>& model, const network::Evaluation& evaluation,
             const std::vector<double>& loss, const std::vector<double>& histogram_ranges);
  void write_levels(const std::string& scheme, const std::vector<std::int32_t>& used,
                    const std::vector<std::int32_t>& available);
  void write_inference_energy(const std::string& scheme, double energy);
  void write_snapped_accuracy(double accuracy);
  void write_layer_accuracy(int layer, double accuracy);
  void write_chip_accuracies(const std::string& scheme, const std::vector<double>& accuracies);
  void write_layer_chip_accuracies(int layer, const std::vector<double>& accuracies);
  /// Says that the scheme is done, after all of it is on the disk. wall_time: s.
  void commit(const std::string& scheme, double wall_time);

  /// Says that the scheme is running or interrupted, without waiting for the disk.
  void mark(const std::string& scheme, store::CaseStatus status);

 private:
  template <class T>
  void put(const std::string& variable, store::Extent start, store::Extent count, const std::vector<T>& values);
  [[nodiscard]] store::Extent status_index(const std::string& scheme) const;

  store::ResultsFile& file_;
  RunIndex index_;
  const network::NetworkSettings& settings_;
};

}  // namespace spinsweep::sweep
