#include "micromagnetics/mumax3_tensor.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace spinsweep::micromagnetics {

namespace {

using Position = std::array<double, 3>;

constexpr double accuracy = 6.0;

/// Midpoints of `parts` equal parts of an interval of that length around zero.
std::vector<double> middles(double length, int parts) {
  std::vector<double> points;
  points.reserve(static_cast<std::size_t>(parts));
  for (int k = 0; k < parts; ++k) {
    points.push_back(((k + 0.5) / parts - 0.5) * length);
  }
  return points;
}

/// Distance between the nearest edges of two cells whose centres are at that distance.
double gap(double distance, double length) {
  return std::max(0.0, std::round(std::abs(distance) / length) - 1.0) * length;
}

/// Mean over the points of a cell at (x, y) of the field of the poles of one magnetised along `axis`, for Ms = 1.
Position mean_field(const Position& size, std::size_t axis, double x, double y, const std::array<int, 3>& parts) {
  const std::size_t second = (axis + 1) % 3;
  const std::size_t third = (axis + 2) % 3;
  Position sum{};
  int pairs = 0;
  for (const double v : middles(size[second], 2 * parts[second])) {
    for (const double w : middles(size[third], 2 * parts[third])) {
      for (const double to_x : middles(size[0], parts[0])) {
        for (const double to_y : middles(size[1], parts[1])) {
          for (const double to_z : middles(size[2], parts[2])) {
            ++pairs;
            for (const double sign : {1.0, -1.0}) {
              Position from{};
              from[axis] = 0.5 * sign * size[axis];
              from[second] = v;
              from[third] = w;
              const Position r = {x + to_x - from[0], y + to_y - from[1], to_z - from[2]};
              const double distance = std::hypot(r[0], r[1], r[2]);
              for (std::size_t k = 0; k < 3; ++k) {
                sum[k] += sign * r[k] / (distance * distance * distance);
              }
            }
          }
        }
      }
    }
  }
  const double charge = size[second] * size[third] / (4.0 * std::numbers::pi * pairs);
  return {charge * sum[0], charge * sum[1], charge * sum[2]};
}

}  // namespace

DemagTensor mumax3_tensor(const std::array<double, 3>& size, double x, double y) {
  const double between = std::hypot(gap(x, size[0]), gap(y, size[1]));
  const double longest_part = (between > 0.0 ? between : *std::min_element(size.begin(), size.end())) / accuracy;
  std::array<int, 3> parts{};
  std::transform(size.begin(), size.end(), parts.begin(),
                 [=](double edge) { return static_cast<int>(std::lround(std::max(edge / longest_part, 1.0))); });
  const Position along_x = mean_field(size, 0, x, y, parts);
  const Position along_y = mean_field(size, 1, x, y, parts);
  const Position along_z = mean_field(size, 2, x, y, parts);
  const auto single = [](double number) { return static_cast<double>(static_cast<float>(-number)); };
  return {.xx = single(along_x[0]), .yy = single(along_y[1]), .zz = single(along_z[2]), .xy = single(along_x[1])};
}

}  // namespace spinsweep::micromagnetics
