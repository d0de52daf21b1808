#include "micromagnetics/tangent_fields.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/pack.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::micromagnetics {

namespace {

Vector3 vector_at(const FieldLayout& layout, std::span<const double> field, std::size_t k) {
  const std::size_t size = layout.component_size();
  return {field[k], field[k + size], field[k + 2 * size]};
}

void put_vector(const FieldLayout& layout, std::span<double> field, std::size_t k, Vector3 value) {
  const std::size_t size = layout.component_size();
  field[k] = value.x;
  field[k + size] = value.y;
  field[k + 2 * size] = value.z;
}

template <class Use>
void for_each_cell(const FieldLayout& layout, Use use) {
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(layout.nx(), j);
    for (std::size_t k = layout.index(0, j); k < end; ++k) {
      use(k);
    }
  }
}

double angle_between(Vector3 a, Vector3 b) {
  const Vector3 normal = cross(a, b);
  return std::atan2(std::sqrt(dot(normal, normal)), dot(a, b));
}

}  // namespace

double inner_product(std::span<const double> a, std::span<const double> b) {
  const double* from = a.data();
  const double* with = b.data();
  double sum = 0.0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t k = 0; k < a.size(); ++k) {
    sum += from[k] * with[k];
  }
  return sum;
}

void make_tangent(const FieldLayout& layout, std::span<const double> m, std::span<double> field) {
  const std::size_t size = layout.component_size();
  const double* mx = m.data();
  double* fx = field.data();
#pragma omp simd
  for (std::size_t k = 0; k < size; ++k) {
    const double along = mx[k] * fx[k] + mx[k + size] * fx[k + size] + mx[k + 2 * size] * fx[k + 2 * size];
    fx[k] -= along * mx[k];
    fx[k + size] -= along * mx[k + size];
    fx[k + 2 * size] -= along * mx[k + 2 * size];
  }
}

double largest_modulus(const FieldLayout& layout, std::span<const double> field) {
  using Numbers = Pack<double>;
  const std::size_t size = layout.component_size();
  const double* f = field.data();
  // Clang vectorises no loop that looks for the largest of numbers that might be NaN.
  Numbers largest = 0.0;
  Numbers none = 0.0;  // not zero if a number is not finite
  const auto include = [&](const Numbers& x, const Numbers& y, const Numbers& z) {
    const Numbers square = x * x + y * y + z * z;
    where(square > largest, largest) = square;
    none += square - square;
  };
  std::size_t k = 0;
  for (; k + Numbers::size() <= size; k += Numbers::size()) {
    include(load(f + k), load(f + k + size), load(f + k + 2 * size));
  }
  const std::size_t rest = size - k;
  include(load_part(f + k, rest), load_part(f + k + size, rest), load_part(f + k + 2 * size, rest));
  return all_of(none == 0.0) ? std::sqrt(hmax(largest)) : std::numeric_limits<double>::quiet_NaN();
}

void move_along(const FieldLayout& layout, std::span<const double> m, double step, std::span<const double> field,
                std::span<double> moved) {
  const std::size_t size = layout.component_size();
  const double* from = m.data();
  const double* along = field.data();
  double* to = moved.data();
#pragma omp simd
  for (std::size_t k = 0; k < size; ++k) {
    const double x = from[k] + step * along[k];
    const double y = from[k + size] + step * along[k + size];
    const double z = from[k + 2 * size] + step * along[k + 2 * size];
    const double square = x * x + y * y + z * z;
    const double scale = square > 0.0 ? 1.0 / std::sqrt(square) : 1.0;
    to[k] = scale * x;
    to[k + size] = scale * y;
    to[k + 2 * size] = scale * z;
  }
}

double geodesic_distance(const FieldLayout& layout, std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for_each_cell(layout, [&](std::size_t k) {
    const double angle = angle_between(vector_at(layout, a, k), vector_at(layout, b, k));
    sum += angle * angle;
  });
  return std::sqrt(sum);
}

void interpolate_on_geodesic(const FieldLayout& layout, std::span<const double> a, std::span<const double> b,
                             double fraction, std::span<double> result) {
  for_each_cell(layout, [&](std::size_t k) {
    const Vector3 from = vector_at(layout, a, k);
    const Vector3 to = vector_at(layout, b, k);
    const double angle = angle_between(from, to);
    Vector3 direction = to - dot(from, to) * from;
    double length = std::sqrt(dot(direction, direction));
    if (length == 0.0 && angle > 0.0) {
      direction = Vector3{1.0, 0.0, 0.0} - from.x * from;
      length = std::sqrt(dot(direction, direction));
    }
    const Vector3 turned =
        length == 0.0 ? from : std::cos(fraction * angle) * from + (std::sin(fraction * angle) / length) * direction;
    put_vector(layout, result, k, turned);
  });
}

}  // namespace spinsweep::micromagnetics
