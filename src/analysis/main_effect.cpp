#include "analysis/main_effect.hpp"

#include <algorithm>
#include <cmath>
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

/// What chance puts between bins is taken off (Kelley 1935).
double without_chance(double share, std::size_t observations, std::size_t bins) {
  if (observations <= bins) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const auto all = static_cast<double>(observations - 1);
  const auto within = static_cast<double>(observations - bins);
  return std::max(0.0, 1.0 - (1.0 - share) * all / within);
}

double share_between(std::span<const std::size_t> bins, std::span<const double> outcome,
                     std::span<const std::size_t> chosen, bool of_ranges) {
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
  return of_ranges ? without_chance(between / total, chosen.size(), bin_count) : between / total;
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
  effect.share = share_between(bins, y, all, of_ranges);
  std::vector<std::vector<std::size_t>> clusters;
  clusters.reserve(members.size());
  for (auto& [number, indices] : members) {
    clusters.push_back(std::move(indices));
  }
  std::vector<std::size_t> chosen;
  const auto share = [&](std::span<const std::size_t> drawn) {
    chosen.clear();
    for (const std::size_t k : drawn) {
      chosen.insert(chosen.end(), clusters[k].begin(), clusters[k].end());
    }
    const bool enough = clusters.size() > 1;
    return std::vector{enough ? share_between(bins, y, chosen, of_ranges) : std::numeric_limits<double>::quiet_NaN()};
  };
  effect.share_interval = bootstrap_intervals(clusters.size(), settings, share).front();
  return effect;
}

}  // namespace spinsweep::analysis
