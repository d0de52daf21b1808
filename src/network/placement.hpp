#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "network/mapping.hpp"
#include "network/mlp.hpp"

namespace spinsweep::network {

/// The conductance levels of a synapse, ascending.
struct DeviceLevels {
  double lowest = 0.0;           ///< S
  double span = 0.0;             ///< S, highest minus lowest
  std::vector<double> relative;  ///< (G - lowest)/span: 0, ..., 1
  /// Of each level, (G - lowest)/span of the conductances G that simulated writes of it have left, or that were
  /// measured at it; empty: not known.
  std::vector<std::vector<double>> written = {};

  /// Levels in any order; equal ones count once. Errors: InputError if they are fewer than two different finite
  /// numbers.
  explicit DeviceLevels(std::span<const double> conductances);

  /// The level nearest to a normalised conductance, in case of a tie the lower.
  [[nodiscard]] std::size_t nearest(double g) const;
};

/// The ranges over which the levels of a layer are spread.
struct LayerPlacement {
  std::vector<Range> ranges;       ///< one, or one for each output; empty: not quantised
  std::vector<Range> bias_ranges;  ///< the same for the biases
};

/// How the ranges of a network's levels are chosen.
struct PlacementRule {
  Mapping mapping;
  double percentile = 99.9;  ///< of the mapping rule `percentile`
  Biases biases = Biases::digital;

  friend bool operator==(const PlacementRule&, const PlacementRule&) = default;
};

/// How every weight of a network is represented by the levels of one or two synapses.
class Placement {
 public:
  /// Chooses the ranges for this network. Errors: InputError if a synapse has fewer than two levels.
  Placement(const Mlp<float>& network, const DeviceLevels& device, const PlacementRule& rule);

  /// The weights that a device or a pair can represent, (w - low)/(high - low): 0, ..., 1.
  [[nodiscard]] const std::vector<double>& relative_levels() const { return relative_levels_; }
  [[nodiscard]] const std::vector<LayerPlacement>& layers() const { return layers_; }
  [[nodiscard]] const DeviceLevels& device() const { return device_; }
  [[nodiscard]] bool differential_pair() const { return differential_pair_; }
  /// The normalised conductances of the two devices of a pair, each on a level, whose relative level is the nearest to
  /// (w - low)/(high - low): of several pairs those of the smallest sum.
  [[nodiscard]] const std::array<double, 2>& pair_at(double relative) const;

  /// Moves every parameter that has levels to the nearest of them, in case of a tie to the lower.
  void quantize(Mlp<float>& network) const;

  /// The same for one layer alone.
  void quantize_layer(Mlp<float>& network, int layer) const;

  /// Different weights of a layer, counted over all its ranges; 0 if it is not quantised.
  [[nodiscard]] int levels_used(const Mlp<float>& network, int layer) const;

  /// Different weights that a layer can have; 0 if it is not quantised.
  [[nodiscard]] int levels_available(int layer) const;

  /// Whether every parameter that has levels lies exactly on one of them.
  [[nodiscard]] bool holds(const Mlp<float>& network) const;

 private:
  DeviceLevels device_;
  bool differential_pair_;
  std::vector<double> relative_levels_;
  std::vector<std::array<double, 2>> pairs_;  ///< of each relative level; empty if a weight has one device
  /// Where pair_at() begins: training with noise asks for every weight in every step.
  std::vector<std::size_t> nearest_of_bin_;
  std::vector<LayerPlacement> layers_;
};

/// The levels spread over a range.
[[nodiscard]] std::vector<float> spread_levels(std::span<const double> relative_levels, const Range& range);

/// Index of the nearest of ascending levels, in case of a tie of the lower.
[[nodiscard]] std::size_t nearest_level_index(float weight, std::span<const float> levels);

/// The nearest of ascending levels, in case of a tie the lower.
[[nodiscard]] float nearest_level(float weight, std::span<const float> levels);

}  // namespace spinsweep::network
