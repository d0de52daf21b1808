#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "network/misclassified.hpp"
#include "network/scheme.hpp"
#include "network/settings.hpp"
#include "results/results.hpp"
#include "store/case_status.hpp"

namespace spinsweep::training {

/// (neuron, data set, seed)
using BaselineIndex = std::array<std::uint64_t, 3>;

/// (variant, neuron, data set, seed, mapping)
using RunIndex = std::array<std::uint64_t, 5>;

/// Row-major place of an index among those of a shape, which may have more dimensions.
[[nodiscard]] std::uint64_t row_major_place(std::span<const std::uint64_t> index, const store::Extent& shape);

/// The index of a scheme along the dimension `scheme`.
[[nodiscard]] std::uint64_t place_of_scheme(const network::NetworkSettings& settings, const std::string& scheme);

/// The rows of one FP32 network and its controls in /network/baseline. Only one rank of those that train it reads and
/// writes them.
class BaselineRows {
 public:
  BaselineRows(results::Results& results, const BaselineIndex& index) : results_(results), index_(index) {}

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

  /// Sets the status of the network or its control to running or interrupted without waiting for the disk.
  void mark(store::CaseStatus status);
  void mark_control(std::uint64_t scheme, store::CaseStatus status);

 private:
  /// A variable's elements for this network.
  template <class T>
  [[nodiscard]] results::Cells<T> cells(const results::Variable<T>& variable) const {
    return results_[variable].at(index_);
  }

  results::Results& results_;
  BaselineIndex index_;
};

/// The rows of one run in /network. Only one rank of those that do it writes them.
class RunRows {
 public:
  RunRows(results::Results& results, const RunIndex& index, const network::NetworkSettings& settings)
      : results_(results), index_(index), settings_(settings) {}

  [[nodiscard]] std::uint64_t place(const std::string& scheme) const { return place_of_scheme(settings_, scheme); }

  /// Everything that a scheme yielded. histogram_ranges: [layer].
  void write(const std::string& scheme, const network::SchemeResult& result,
             const std::vector<double>& histogram_ranges);
  /// Sets the status of the scheme to done once all of it is on the disk. wall_time: s.
  void commit(const std::string& scheme, double wall_time);

  /// Sets the status of the scheme to running or interrupted without waiting for the disk.
  void mark(const std::string& scheme, store::CaseStatus status);

 private:
  /// A variable's elements for this run.
  template <class T>
  [[nodiscard]] results::Cells<T> cells(const results::Variable<T>& variable) const {
    return results_[variable].at(index_);
  }

  results::Results& results_;
  RunIndex index_;
  const network::NetworkSettings& settings_;
};

}  // namespace spinsweep::training
