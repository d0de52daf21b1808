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

/// first[0], total[0], first[1], total[1], ... from the given rows.
std::vector<double> estimate(const SaltelliValues& values, std::span<const std::size_t> rows) {
  const auto n = static_cast<double>(rows.size());
  double mean = 0.0;
  for (const std::size_t row : rows) {
    mean += (values.a[row] + values.b[row]) / (2.0 * n);
  }
  double variance = 0.0;
  for (const std::size_t row : rows) {
    variance += (std::pow(values.a[row] - mean, 2) + std::pow(values.b[row] - mean, 2)) / (2.0 * n);
  }
  std::vector<double> result(2 * values.mixed.size(), std::numeric_limits<double>::quiet_NaN());
  // Equal values can differ by their rounding.
  if (!(variance > 1e-28 * mean * mean)) {
    return result;
  }
  for (std::size_t k = 0; k < values.mixed.size(); ++k) {
    double first = 0.0;
    double total = 0.0;
    for (const std::size_t row : rows) {
      const double step = values.mixed[k][row] - values.a[row];
      // The mean is taken off f(B) to lower the variance of the estimate; the expectation of the step is zero.
      first += (values.b[row] - mean) * step / n;
      total += step * step / (2.0 * n);
    }
    result[2 * k] = first / variance;
    result[2 * k + 1] = total / variance;
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
