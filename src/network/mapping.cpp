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

constexpr RuleName rule_names[] = {{"min_max", Mapping::Rule::min_max},   {"max_abs", Mapping::Rule::max_abs},
                                   {"absolute", Mapping::Rule::absolute}, {"percentile", Mapping::Rule::percentile},
                                   {"mse", Mapping::Rule::mse},           {"mse_affine", Mapping::Rule::mse_affine}};

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
  return static_cast<double>(magnitudes[static_cast<std::size_t>(place)]);
}

/// Sorted weights, to find those nearest to each level with one search per level.
class SortedWeights {
 public:
  explicit SortedWeights(std::span<const float> weights) : sorted_(weights.begin(), weights.end()) {
    std::sort(sorted_.begin(), sorted_.end());
    sums_.resize(sorted_.size() + 1);
    squares_.resize(sorted_.size() + 1);
    for (std::size_t k = 0; k < sorted_.size(); ++k) {
      const auto weight = static_cast<double>(sorted_[k]);
      sums_[k + 1] = sums_[k] + weight;
      squares_[k + 1] = squares_[k] + weight * weight;
    }
  }

  [[nodiscard]] double smallest() const { return static_cast<double>(sorted_.front()); }
  [[nodiscard]] double largest() const { return static_cast<double>(sorted_.back()); }

  /// Sum of the squared distances of all weights from the nearest of the levels spread from low to high.
  [[nodiscard]] double square_distance(double low, double high, std::span<const double> relative_levels) const {
    double total = 0.0;
    visit_levels(low, high, relative_levels, [&](double relative, std::size_t begin, std::size_t end) {
      const double level = low + (high - low) * relative;
      total += squares_[end] - squares_[begin] - 2.0 * level * (sums_[end] - sums_[begin]) +
               level * level * static_cast<double>(end - begin);
    });
    return total;
  }

  /// The range with the least squared distance if every weight keeps its present level.
  [[nodiscard]] std::pair<double, double> refitted(double low, double high,
                                                   std::span<const double> relative_levels) const {
    double level_sum = 0.0;
    double level_square = 0.0;
    double product = 0.0;
    visit_levels(low, high, relative_levels, [&](double relative, std::size_t begin, std::size_t end) {
      const auto count = static_cast<double>(end - begin);
      level_sum += relative * count;
      level_square += relative * relative * count;
      product += relative * (sums_[end] - sums_[begin]);
    });
    const auto count = static_cast<double>(sorted_.size());
    const double spread = count * level_square - level_sum * level_sum;
    if (spread <= 0.0) {
      return {low, high};
    }
    const double width = (count * product - level_sum * sums_.back()) / spread;
    const double start = (sums_.back() - width * level_sum) / count;
    return {start, start + width};
  }

 private:
  /// visit(level, first weight nearest to it, one past the last).
  template <class Visit>
  void visit_levels(double low, double high, std::span<const double> relative_levels, Visit&& visit) const {
    std::size_t begin = 0;
    for (std::size_t k = 0; k < relative_levels.size(); ++k) {
      std::size_t end = sorted_.size();
      if (k + 1 < relative_levels.size()) {
        const double middle = low + 0.5 * (high - low) * (relative_levels[k] + relative_levels[k + 1]);
        end = static_cast<std::size_t>(
            std::upper_bound(sorted_.begin() + static_cast<std::ptrdiff_t>(begin), sorted_.end(), middle) -
            sorted_.begin());
      }
      visit(relative_levels[k], begin, end);
      begin = end;
    }
  }

  std::vector<float> sorted_;
  std::vector<double> sums_;
  std::vector<double> squares_;
};

double mean_square_bound(std::span<const float> weights, std::span<const double> relative_levels) {
  constexpr int candidates = 200;
  const SortedWeights sorted(weights);
  const double largest = largest_magnitude(weights);
  double best = largest;
  double least = sorted.square_distance(-largest, largest, relative_levels);
  for (int k = 1; k < candidates; ++k) {
    const double bound = largest * k / candidates;
    const double distance = sorted.square_distance(-bound, bound, relative_levels);
    if (distance < least) {
      least = distance;
      best = bound;
    }
  }
  return best;
}

/// Alternately assigns weights to levels and refits the range, like S. P. Lloyd (IEEE Trans. Inf. Theory 28, 129, 1982)
/// for individually adjustable levels. Starts from many ranges and keeps the result with the least distance.
Range mean_square_range(std::span<const float> weights, std::span<const double> relative_levels) {
  constexpr int starts = 8;
  constexpr int most_turns = 50;
  const SortedWeights sorted(weights);
  Range best = {static_cast<float>(sorted.smallest()), static_cast<float>(sorted.largest())};
  double least = sorted.square_distance(sorted.smallest(), sorted.largest(), relative_levels);
  const double middle = 0.5 * (sorted.smallest() + sorted.largest());
  const double half = 0.5 * (sorted.largest() - sorted.smallest());
  for (int below = 1; below <= starts; ++below) {
    for (int above = 1; above <= starts; ++above) {
      double low = middle - half * below / starts;
      double high = middle + half * above / starts;
      double distance = sorted.square_distance(low, high, relative_levels);
      for (int turn = 0; turn < most_turns; ++turn) {
        const auto [next_low, next_high] = sorted.refitted(low, high, relative_levels);
        const double next = sorted.square_distance(next_low, next_high, relative_levels);
        if (!(next < distance)) {
          break;
        }
        low = next_low;
        high = next_high;
        distance = next;
      }
      if (distance < least) {
        least = distance;
        best = {static_cast<float>(low), static_cast<float>(high)};
      }
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
                     "\" is not a rule, expected one of: min_max, max_abs, absolute, percentile, mse, "
                     "mse_affine");
  }
  rule = known->rule;
  for (std::size_t k = 1; k < words.size(); ++k) {
    bool* option = words[k] == "differential_pair" ? &differential_pair
                   : words[k] == "per_channel"     ? &per_channel
                   : words[k] == "first_layer"     ? &first_layer
                                                   : nullptr;
    if (option == nullptr) {
      throw InputError("\"" + words[k] +
                       "\" is not an option, expected some of: differential_pair, per_channel, first_layer");
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
    case Mapping::Rule::mse:
      range = around_zero(mean_square_bound(weights, relative_levels));
      break;
    case Mapping::Rule::mse_affine:
      range = mean_square_range(weights, relative_levels);
      break;
  }
  // Equal weights would leave no room for levels.
  constexpr float narrowest = 1e-6F;
  range.second = std::max(range.second, range.first + narrowest);
  return range;
}

}  // namespace spinsweep::network
