#include "network/mapping.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/error.hpp"

namespace spinsweep::network {

namespace {

struct RuleName {
  const char* name;
  Mapping::Rule rule;
};

constexpr RuleName rule_names[] = {{"min_max", Mapping::Rule::min_max},
                                   {"max_abs", Mapping::Rule::max_abs},
                                   {"absolute", Mapping::Rule::absolute},
                                   {"percentile", Mapping::Rule::percentile},
                                   {"mean_square", Mapping::Rule::mean_square}};

double largest_magnitude(std::span<const float> weights) {
  return std::accumulate(weights.begin(), weights.end(), 0.0, [](double largest, float weight) {
    return std::max(largest, std::abs(static_cast<double>(weight)));
  });
}

double magnitude_percentile(std::span<const float> weights, double percentile) {
  std::vector<float> magnitudes(weights.size());
  std::transform(weights.begin(), weights.end(), magnitudes.begin(), [](float weight) { return std::abs(weight); });
  const auto place =
      static_cast<std::ptrdiff_t>(std::lround(percentile / 100.0 * (static_cast<double>(magnitudes.size()) - 1.0)));
  std::nth_element(magnitudes.begin(), magnitudes.begin() + place, magnitudes.end());
  return magnitudes[static_cast<std::size_t>(place)];
}

/// Square distances of all weights from levels, in as many steps as there are levels.
class SortedWeights {
 public:
  explicit SortedWeights(std::span<const float> weights) : sorted_(weights.begin(), weights.end()) {
    std::sort(sorted_.begin(), sorted_.end());
    sums_.resize(sorted_.size() + 1);
    squares_.resize(sorted_.size() + 1);
    for (std::size_t k = 0; k < sorted_.size(); ++k) {
      const double weight = sorted_[k];
      sums_[k + 1] = sums_[k] + weight;
      squares_[k + 1] = squares_[k] + weight * weight;
    }
  }

  /// Levels from -bound to bound.
  [[nodiscard]] double square_distance(double bound, std::span<const double> relative_levels) const {
    const auto level = [&](std::size_t k) { return bound * (2.0 * relative_levels[k] - 1.0); };
    double total = 0.0;
    std::size_t begin = 0;
    for (std::size_t k = 0; k < relative_levels.size(); ++k) {
      std::size_t end = sorted_.size();
      if (k + 1 < relative_levels.size()) {
        const double middle = 0.5 * (level(k) + level(k + 1));
        end = static_cast<std::size_t>(
            std::upper_bound(sorted_.begin() + static_cast<std::ptrdiff_t>(begin), sorted_.end(), middle) -
            sorted_.begin());
      }
      total += squares_[end] - squares_[begin] - 2.0 * level(k) * (sums_[end] - sums_[begin]) +
               level(k) * level(k) * static_cast<double>(end - begin);
      begin = end;
    }
    return total;
  }

 private:
  std::vector<float> sorted_;
  std::vector<double> sums_;
  std::vector<double> squares_;
};

double mean_square_bound(std::span<const float> weights, std::span<const double> relative_levels) {
  constexpr int candidates = 200;
  const SortedWeights sorted(weights);
  const double largest = largest_magnitude(weights);
  double best = largest;
  double least = sorted.square_distance(largest, relative_levels);
  for (int k = 1; k < candidates; ++k) {
    const double bound = largest * k / candidates;
    const double distance = sorted.square_distance(bound, relative_levels);
    if (distance < least) {
      least = distance;
      best = bound;
    }
  }
  return best;
}

Range around_zero(double bound) {
  return {static_cast<float>(-bound), static_cast<float>(bound)};
}

}  // namespace

Mapping::Mapping(const std::string& name) {
  std::vector<std::string> words(1);
  for (const char character : name) {
    if (character == '+') {
      words.emplace_back();
    } else {
      words.back() += character;
    }
  }
  const auto* known = std::find_if(std::begin(rule_names), std::end(rule_names),
                                   [&](const RuleName& candidate) { return candidate.name == words.front(); });
  if (known == std::end(rule_names)) {
    throw InputError("\"" + words.front() +
                     "\" is no rule, expected one of: min_max, max_abs, absolute, percentile, mean_square");
  }
  rule = known->rule;
  for (std::size_t k = 1; k < words.size(); ++k) {
    bool* option = words[k] == "pair"          ? &pair
                   : words[k] == "per_output"  ? &per_output
                   : words[k] == "first_layer" ? &first_layer
                                               : nullptr;
    if (option == nullptr) {
      throw InputError("\"" + words[k] + "\" is no option, expected some of: pair, per_output, first_layer");
    }
    *option = true;
  }
}

Range find_range(Mapping::Rule rule, std::span<const float> weights, std::span<const double> relative_levels,
                 double percentile) {
  Range range;
  switch (rule) {
    case Mapping::Rule::min_max: {
      const auto [smallest, largest] = std::minmax_element(weights.begin(), weights.end());
      range = {*smallest, *largest};
      break;
    }
    case Mapping::Rule::max_abs:
      range = around_zero(largest_magnitude(weights));
      break;
    case Mapping::Rule::absolute:
      range = {-1.0F, 1.0F};
      break;
    case Mapping::Rule::percentile:
      range = around_zero(magnitude_percentile(weights, percentile));
      break;
    case Mapping::Rule::mean_square:
      range = around_zero(mean_square_bound(weights, relative_levels));
      break;
  }
  // Weights that are all alike leave no room for levels.
  constexpr float narrowest = 1e-6F;
  range.second = std::max(range.second, range.first + narrowest);
  return range;
}

}  // namespace spinsweep::network
