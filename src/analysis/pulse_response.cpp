#include "analysis/pulse_response.hpp"

#include <algorithm>
#include <cmath>

namespace spinsweep::analysis {

namespace {

/// Beyond it, the label of NeuroSim's steepest curve, the first pulse changes everything.
constexpr double largest_inverse_a = 44.0;

/// (1 - exp(-c p))/(1 - exp(-c)), p from 0 to 1.
double curve(double p, double c) {
  return std::abs(c) < 1e-8 ? p : std::expm1(-c * p) / std::expm1(-c);
}

double misfit(std::span<const double> values, double c) {
  const double last = static_cast<double>(values.size() - 1);
  const double range = values.back() - values.front();
  double sum = 0.0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double difference = (values[k] - values.front()) / range - curve(static_cast<double>(k) / last, c);
    sum += difference * difference;
  }
  return sum;
}

/// The minimum between two points by golden sections.
double minimum(std::span<const double> values, double low, double high) {
  const double share = 0.5 * (std::sqrt(5.0) - 1.0);
  for (int k = 0; k < 60; ++k) {
    const double left = high - share * (high - low);
    const double right = low + share * (high - low);
    (misfit(values, left) < misfit(values, right) ? high : low) =
        misfit(values, left) < misfit(values, right) ? right : left;
  }
  return 0.5 * (low + high);
}

}  // namespace

double nonlinearity_label(double inverse_a) {
  if (std::abs(inverse_a) < 1e-8) {
    return 0.0;
  }
  constexpr double unit = 0.07;
  const double c = std::abs(inverse_a);
  // Where the curve is as steep as the line.
  const double p = std::log(c / -std::expm1(-c)) / c;
  return std::copysign((curve(p, c) - p) / std::sqrt(2.0) / unit, inverse_a);
}

std::optional<double> nonlinearity(std::span<const double> conductance) {
  if (conductance.size() < 3 || conductance.back() == conductance.front()) {
    return {};
  }
  constexpr int steps = 88;
  double best = 0.0;
  for (int k = 0; k <= steps; ++k) {
    const double c = largest_inverse_a * (2.0 * k / steps - 1.0);
    best = misfit(conductance, c) < misfit(conductance, best) ? c : best;
  }
  const double spacing = 2.0 * largest_inverse_a / steps;
  const double c = minimum(conductance, best - spacing, best + spacing);
  // A curve down that changes most with its first pulses is one up, P counted backwards, with negative A.
  return nonlinearity_label(conductance.back() > conductance.front() ? c : -c);
}

std::optional<double> asymmetry(std::span<const double> first, std::span<const double> back) {
  if (first.size() != back.size() || first.size() < 2) {
    return {};
  }
  const auto [first_low, first_high] = std::minmax_element(first.begin(), first.end());
  const auto [back_low, back_high] = std::minmax_element(back.begin(), back.end());
  const double range = std::max(*first_high, *back_high) - std::min(*first_low, *back_low);
  if (!(range > 0.0)) {
    return {};
  }
  double largest = 0.0;
  for (std::size_t k = 0; k < first.size(); ++k) {
    largest = std::max(largest, std::abs(first[k] - back[back.size() - 1 - k]) / range);
  }
  return largest;
}

}  // namespace spinsweep::analysis
