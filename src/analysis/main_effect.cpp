#include "analysis/main_effect.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "base/error.hpp"

namespace spinsweep::analysis {

namespace {

/// Bin of each observation; parameter ascending.
std::vector<std::size_t> bins_of(std::span<const double> ascending, std::size_t most_bins) {
  std::vector<std::size_t> bins;
  for (std::size_t k = 0; k < ascending.size(); ++k) {
    bins.push_back(k == 0 ? 0 : bins.back() + (ascending[k] != ascending[k - 1] ? 1 : 0));
  }
  if (!bins.empty() && bins.back() >= most_bins) {
    for (std::size_t k = 0; k < bins.size(); ++k) {
      // Equal values stay together, in the bin of the first.
      bins[k] = k > 0 && ascending[k] == ascending[k - 1] ? bins[k - 1] : k * most_bins / bins.size();
    }
    const auto given = bins;
    for (std::size_t k = 1; k < bins.size(); ++k) {
      bins[k] = bins[k - 1] + (given[k] != given[k - 1] ? 1 : 0);
    }
  }
  return bins;
}

using Clusters = std::vector<std::vector<std::size_t>>;

/// Whether all observations of each cluster are in one bin, so that chance moves them together.
bool are_within_bins(const Clusters& clusters, std::span<const std::size_t> bins) {
  return std::ranges::all_of(clusters, [bins](const std::vector<std::size_t>& members) {
    return std::ranges::all_of(members, [&](std::size_t k) { return bins[k] == bins[members.front()]; });
  });
}

/// Sum over the observations of the squared distance of their cluster's mean from that of its bin.
double square_within_bins(const Clusters& clusters, std::span<const std::size_t> drawn,
                          std::span<const std::size_t> bins, std::span<const double> outcome,
                          std::span<const double> mean_of_bin) {
  double square = 0.0;
  for (const std::size_t cluster : drawn) {
    const std::vector<std::size_t>& members = clusters[cluster];
    const auto count = static_cast<double>(members.size());
    double mean = 0.0;
    for (const std::size_t k : members) {
      mean += outcome[k] / count;
    }
    square += count * std::pow(mean - mean_of_bin[bins[members.front()]], 2);
  }
  return square;
}

/// What chance puts between bins is taken off (Kelley 1935). within: the sum of squares within bins of that many
/// independent numbers.
double without_chance(double between, double within, double total, std::size_t numbers, std::size_t bins) {
  if (numbers <= bins) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double by_chance = static_cast<double>(bins - 1) * within / static_cast<double>(numbers - bins);
  return std::max(0.0, (between - by_chance) / total);
}

/// What chance leaves between bins.
enum class Chance { nothing, by_observation, by_cluster };

/// chosen: the members of the clusters that were drawn.
double share_between(std::span<const std::size_t> bins, std::span<const double> outcome, const Clusters& clusters,
                     std::span<const std::size_t> drawn, std::span<const std::size_t> chosen, Chance chance) {
  const std::size_t bin_count = bins.empty() ? 0 : bins.back() + 1;
  std::vector<double> sums(bin_count, 0.0);
  std::vector<double> counts(bin_count, 0.0);
  double mean = 0.0;
  for (const std::size_t k : chosen) {
    sums[bins[k]] += outcome[k];
    counts[bins[k]] += 1.0;
    mean += outcome[k] / static_cast<double>(chosen.size());
  }
  double total = 0.0;
  for (const std::size_t k : chosen) {
    total += std::pow(outcome[k] - mean, 2);
  }
  double between = 0.0;
  for (std::size_t bin = 0; bin < bin_count; ++bin) {
    if (counts[bin] > 0.0) {
      between += counts[bin] * std::pow(sums[bin] / counts[bin] - mean, 2);
    }
  }
  const double rounding = 1e-28 * mean * mean * static_cast<double>(chosen.size());
  if (total <= rounding) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (chance == Chance::nothing) {
    return between / total;
  }
  if (chance == Chance::by_observation) {
    return without_chance(between, total - between, total, chosen.size(), bin_count);
  }
  std::vector<double> means(bin_count);
  std::ranges::transform(sums, counts, means.begin(), std::divides<>());
  return without_chance(between, square_within_bins(clusters, drawn, bins, outcome, means), total, drawn.size(),
                        bin_count);
}

}  // namespace

MainEffect main_effect(std::span<const double> parameter, std::span<const double> outcome,
                       std::span<const std::size_t> cluster, std::size_t most_bins, const BootstrapSettings& settings) {
  if (parameter.size() != outcome.size() || cluster.size() != outcome.size()) {
    throw Error("a main effect needs a value of the parameter and a cluster for every outcome");
  }
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < outcome.size(); ++k) {
    if (std::isfinite(outcome[k])) {
      order.push_back(k);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return parameter[a] < parameter[b]; });
  std::vector<double> x;
  std::vector<double> y;
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (const std::size_t k : order) {
    members[cluster[k]].push_back(x.size());
    x.push_back(parameter[k]);
    y.push_back(outcome[k]);
  }
  const auto bins = bins_of(x, most_bins);
  MainEffect effect;
  for (std::size_t k = 0; k < bins.size(); ++k) {
    effect.bins.resize(bins[k] + 1);
    EffectBin& bin = effect.bins.back();
    bin.value += x[k];
    bin.mean += y[k];
    ++bin.count;
  }
  for (EffectBin& bin : effect.bins) {
    bin.value /= static_cast<double>(bin.count);
    bin.mean /= static_cast<double>(bin.count);
  }
  std::vector<std::size_t> all(bins.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const bool of_ranges = std::set(x.begin(), x.end()).size() > effect.bins.size();
  Clusters clusters;
  clusters.reserve(members.size());
  for (auto& [number, indices] : members) {
    clusters.push_back(std::move(indices));
  }
  std::vector<std::size_t> every_cluster(clusters.size());
  std::iota(every_cluster.begin(), every_cluster.end(), std::size_t{0});
  // Bins of ranges take a share by chance.
  const Chance chance = !of_ranges                        ? Chance::nothing
                        : are_within_bins(clusters, bins) ? Chance::by_cluster
                                                          : Chance::by_observation;
  effect.share = share_between(bins, y, clusters, every_cluster, all, chance);
  std::vector<std::size_t> chosen;
  const auto share = [&](std::span<const std::size_t> drawn) {
    chosen.clear();
    for (const std::size_t k : drawn) {
      chosen.insert(chosen.end(), clusters[k].begin(), clusters[k].end());
    }
    const bool enough = clusters.size() > 1;
    return std::vector{enough ? share_between(bins, y, clusters, drawn, chosen, chance)
                              : std::numeric_limits<double>::quiet_NaN()};
  };
  effect.share_interval = bootstrap_intervals(clusters.size(), settings, share).front();
  return effect;
}

}  // namespace spinsweep::analysis
