#include "micromagnetics/active_columns.hpp"

#include <algorithm>

namespace spinsweep::micromagnetics {

Columns active_columns(std::span<const double> square_rates, double square_of_rate) {
  constexpr int granularity = 32;
  constexpr int alignment = 8;
  const auto nx = static_cast<int>(square_rates.size());
  const auto moves = [=](double square) { return square > square_of_rate; };
  const auto first = std::find_if(square_rates.begin(), square_rates.end(), moves);
  if (first == square_rates.end()) {
    return {};
  }
  const auto last = std::find_if(square_rates.rbegin(), square_rates.rend(), moves);
  const int begin = std::max(0, static_cast<int>(first - square_rates.begin()) - active_margin);
  const int end = std::min(nx, static_cast<int>(square_rates.rend() - last) + active_margin);
  const int width = (end - begin + granularity - 1) / granularity * granularity;
  if (4 * width > 3 * nx) {
    return {0, nx};
  }
  const int centred = begin - (width - (end - begin)) / 2;
  // Blocks begin at a cache line if the moving columns then stay inside.
  const int aligned = std::clamp(centred, 0, nx - width) / alignment * alignment;
  const int placed = aligned + width >= end ? aligned : std::min(begin, nx - width);
  return {placed, placed + width};
}

bool border_moves(std::span<const double> square_rates, double square_of_rate, Columns active) {
  constexpr int border = 2;
  const auto nx = static_cast<int>(square_rates.size());
  const auto moves_in = [&](int begin, int end) {
    return std::any_of(square_rates.begin() + begin, square_rates.begin() + end,
                       [=](double square) { return square > square_of_rate; });
  };
  return (active.begin > 0 && moves_in(active.begin, active.begin + border)) ||
         (active.end < nx && moves_in(active.end - border, active.end));
}

}  // namespace spinsweep::micromagnetics
