#include "analysis/jump_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "base/error.hpp"

namespace spinsweep::analysis {

namespace {

/// At that share of sorted values, linear between them.
double at_share(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), sorted.size() - 1);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// The changes of the jumps that start nearest to a conductance, ascending. jumps: by their conductance.
std::vector<double> nearest_changes(const std::vector<Jump>& jumps, double conductance, std::size_t count) {
  const auto start = [](const Jump& jump, double value) { return jump.conductance < value; };
  auto end = std::lower_bound(jumps.begin(), jumps.end(), conductance, start);
  auto begin = end;
  while (static_cast<std::size_t>(end - begin) < std::min(count, jumps.size())) {
    const bool downwards = end == jumps.end() || (begin != jumps.begin() && conductance - (begin - 1)->conductance <=
                                                                                end->conductance - conductance);
    downwards ? --begin : ++end;
  }
  std::vector<double> changes;
  std::transform(begin, end, std::back_inserter(changes), [](const Jump& jump) { return jump.change; });
  std::sort(changes.begin(), changes.end());
  return changes;
}

}  // namespace

JumpTable jump_table(std::span<const Jump> jumps, std::size_t size, std::size_t neighbours,
                     std::optional<ConductanceRange> range) {
  if (jumps.empty() || size < 2 || neighbours == 0) {
    throw Error("a jump table needs jumps, two conductances and a neighbour at least");
  }
  std::vector<Jump> sorted(jumps.begin(), jumps.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Jump& a, const Jump& b) { return a.conductance < b.conductance; });
  const auto [low, high] = range.value_or(ConductanceRange{sorted.front().conductance, sorted.back().conductance});
  JumpTable table{.conductance = {}, .probability = {}, .change = std::vector<std::vector<double>>(size)};
  for (std::size_t k = 0; k < size; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(size - 1);
    table.conductance.push_back(low + share * (high - low));
    table.probability.push_back(share);
  }
  for (const double conductance : table.conductance) {
    const auto changes = nearest_changes(sorted, conductance, neighbours);
    for (std::size_t k = 0; k < size; ++k) {
      table.change[k].push_back(at_share(changes, table.probability[k]));
    }
  }
  return table;
}

JumpStatistics jump_statistics(const JumpTable& table) {
  const std::size_t columns = table.conductance.size();
  const auto rows = static_cast<double>(table.change.size());
  double mean = 0.0;
  double deviation = 0.0;
  for (std::size_t c = 0; c < columns; ++c) {
    double sum = 0.0;
    double squares = 0.0;
    for (const auto& row : table.change) {
      sum += row[c];
    }
    const double middle = sum / rows;
    for (const auto& row : table.change) {
      squares += (row[c] - middle) * (row[c] - middle);
    }
    mean += middle / static_cast<double>(columns);
    deviation += std::sqrt(squares / rows) / static_cast<double>(columns);
  }
  double wrong = 0.0;
  for (const auto& row : table.change) {
    wrong += static_cast<double>(std::count_if(row.begin(), row.end(), [&](double x) { return x * mean < 0.0; }));
  }
  return {.pulses = (table.conductance.back() - table.conductance.front()) / std::abs(mean),
          .cycle_to_cycle = deviation / std::abs(mean),
          .wrong_sign = wrong / (rows * static_cast<double>(columns))};
}

}  // namespace spinsweep::analysis
