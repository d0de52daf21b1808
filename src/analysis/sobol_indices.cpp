#include "analysis/sobol_indices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"

namespace spinsweep::analysis {

namespace {

std::vector<std::size_t> whole_rows(const SaltelliValues& values) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < values.a.size(); ++row) {
    const bool whole =
        std::isfinite(values.a[row]) && std::isfinite(values.b[row]) &&
        std::all_of(values.mixed.begin(), values.mixed.end(), [row](const auto& m) { return std::isfinite(m[row]); });
    if (whole) {
      rows.push_back(row);
    }
  }
  return rows;
}

/// The correlation of values that are drawn alike, so that both give one mean and one variance; NaN if they do not
/// vary.
double correlation(const std::vector<double>& x, const std::vector<double>& y, std::span<const std::size_t> rows) {
  const auto n = static_cast<double>(rows.size());
  double mean = 0.0;
  for (const std::size_t row : rows) {
    mean += (x[row] + y[row]) / (2.0 * n);
  }
  double variance = 0.0;
  double covariance = 0.0;
  for (const std::size_t row : rows) {
    const double dx = x[row] - mean;
    const double dy = y[row] - mean;
    variance += (dx * dx + dy * dy) / (2.0 * n);
    covariance += dx * dy / n;
  }
  // Equal values can differ by their rounding.
  return variance > 1e-28 * mean * mean ? covariance / variance : std::numeric_limits<double>::quiet_NaN();
}

/// first[0], total[0], first[1], total[1], ... from the given rows: the slopes of the regression of f(mixed) on f(B)
/// and f(A). f(A) and f(B) are independent; what they correlate in a sample is chance and would add to the error of
/// both.
std::vector<double> estimate(const SaltelliValues& values, std::span<const std::size_t> rows) {
  const double by_chance = correlation(values.a, values.b, rows);
  const double independent = 1.0 - by_chance * by_chance;
  std::vector<double> result(2 * values.mixed.size(), std::numeric_limits<double>::quiet_NaN());
  if (!(independent > 1e-9)) {
    return result;
  }
  for (std::size_t k = 0; k < values.mixed.size(); ++k) {
    const double with_a = correlation(values.a, values.mixed[k], rows);
    const double with_b = correlation(values.b, values.mixed[k], rows);
    result[2 * k] = (with_b - by_chance * with_a) / independent;
    result[2 * k + 1] = 1.0 - (with_a - by_chance * with_b) / independent;
  }
  return result;
}

}  // namespace

std::vector<SobolIndex> sobol_indices(const SaltelliValues& values, const BootstrapSettings& settings) {
  const auto fits = [&](const std::vector<double>& column) { return column.size() == values.a.size(); };
  if (!fits(values.b) || !std::all_of(values.mixed.begin(), values.mixed.end(), fits)) {
    throw Error("the columns of a Saltelli sample are not equally long");
  }
  const std::vector<std::size_t> rows = whole_rows(values);
  const std::vector<double> found = estimate(values, rows);
  std::vector<std::size_t> chosen(rows.size());
  const auto intervals = bootstrap_intervals(rows.size(), settings, [&](std::span<const std::size_t> drawn) {
    std::transform(drawn.begin(), drawn.end(), chosen.begin(), [&](std::size_t index) { return rows[index]; });
    return estimate(values, chosen);
  });
  std::vector<SobolIndex> indices;
  for (std::size_t k = 0; k < values.mixed.size(); ++k) {
    indices.push_back({found[2 * k], found[2 * k + 1], intervals[2 * k], intervals[2 * k + 1]});
  }
  return indices;
}

SaltelliValues split_saltelli(std::span<const double> values, std::size_t parameters) {
  const std::size_t matrices = parameters + 2;
  if (values.size() % matrices != 0) {
    throw Error(fmt::format("{} values are no Saltelli sample of {} parameters; expected a multiple of {}",
                            values.size(), parameters, matrices));
  }
  const std::size_t rows = values.size() / matrices;
  const auto matrix = [&](std::size_t k) {
    const auto part = values.subspan(k * rows, rows);
    return std::vector<double>(part.begin(), part.end());
  };
  SaltelliValues result{.a = matrix(0), .b = matrix(1), .mixed = {}};
  for (std::size_t k = 0; k < parameters; ++k) {
    result.mixed.push_back(matrix(k + 2));
  }
  return result;
}

}  // namespace spinsweep::analysis
