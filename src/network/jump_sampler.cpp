#include "network/jump_sampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace spinsweep::network {

namespace {

/// `count` equally spaced points from the first to the last of `grid`.
std::vector<double> equally_spaced(const std::vector<double>& grid, std::size_t count) {
  std::vector<double> points;
  for (std::size_t k = 0; k < count; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(count - 1);
    points.push_back(grid.front() + share * (grid.back() - grid.front()));
  }
  return points;
}

/// Between which points of an ascending grid x lies.
struct Between {
  std::size_t index;
  double rest;
};

Between find(const std::vector<double>& grid, double x) {
  const auto above = std::upper_bound(grid.begin() + 1, grid.end() - 1, x);
  const auto index = static_cast<std::size_t>(above - grid.begin()) - 1;
  return {index, std::clamp((x - grid[index]) / (grid[index + 1] - grid[index]), 0.0, 1.0)};
}

double range_of(const analysis::JumpTables& tables) {
  const double span = tables.highest() - tables.lowest();
  if (!(span > 0.0)) {
    throw InputError("the jump tables have no range of conductance");
  }
  return span;
}

}  // namespace

JumpSampler::JumpSampler(const analysis::JumpTable& table, double lowest, double span)
    : columns_(static_cast<std::int32_t>(table.conductance.size())),
      rows_(static_cast<std::int32_t>(table.probability.size())) {
  if (columns_ < 2 || rows_ < 2) {
    throw InputError("a jump table needs at least two conductances and two points of the distribution");
  }
  const auto conductances = equally_spaced(table.conductance, table.conductance.size());
  const auto points = equally_spaced(table.probability, table.probability.size());
  const double width = conductances.back() - conductances.front();
  if (!(width > 0.0)) {
    throw InputError(
        fmt::format("all pulses of a jump table start at {} S; what a pulse does must be known of two "
                    "conductances at least",
                    conductances.front()));
  }
  origin_ = static_cast<float>((conductances.front() - lowest) / span);
  columns_per_unit_ = static_cast<float>(static_cast<double>(columns_ - 1) * span / width);
  changes_.reserve(conductances.size() * points.size());
  for (const double conductance : conductances) {
    const Between column = find(table.conductance, conductance);
    double sum = 0.0;
    for (std::size_t k = 0; k < points.size(); ++k) {
      const Between row = find(table.probability, points[k]);
      const auto at = [&](std::size_t r) {
        const auto& changes = table.change[r];
        return changes[column.index] + column.rest * (changes[column.index + 1] - changes[column.index]);
      };
      const double change = (at(row.index) + row.rest * (at(row.index + 1) - at(row.index))) / span;
      sum += (k == 0 || k + 1 == points.size() ? 0.5 : 1.0) * change;
      changes_.push_back(static_cast<float>(change));
    }
    means_.push_back(static_cast<float>(sum / static_cast<double>(rows_ - 1)));
  }
}

double JumpSampler::mean_between(double from, double to) const {
  constexpr int points = 1000;
  double sum = 0.0;
  for (int k = 0; k <= points; ++k) {
    sum += static_cast<double>(mean(static_cast<float>(from + (to - from) * k / points)));
  }
  return sum / (points + 1);
}

PulseModel::PulseModel(const analysis::JumpTables& tables)
    : lowest(tables.lowest()),
      span(range_of(tables)),
      increasing(tables.increasing, lowest, span),
      decreasing(tables.decreasing, lowest, span) {}

}  // namespace spinsweep::network
