#pragma once

#include <span>
#include <utility>
#include <vector>

#include "base/pack.hpp"

namespace spinsweep::network {

/// What a device neuron computes: f(x) = c1 x + c2 x^2 + ... on [0, 1], the polynomial fitted to its normalised
/// conductance; zero for x < 0, where the wall stays outside the detector; and beyond 1 the straight line that
/// continues the polynomial, as the rectified linear unit it stands for has no end either (docs/decisions/0004).
class Activation {
 public:
  /// coefficients: c1, c2, ...; at least one. {1.0} is the rectified linear unit.
  explicit Activation(std::vector<double> coefficients) : coefficients_(std::move(coefficients)) {
    const double slope = polynomial(1.0).second;
    end_slope_ = slope > 0.0 ? slope : 0.0;
  }

  [[nodiscard]] const std::vector<double>& coefficients() const { return coefficients_; }

  /// f(x) and f'(x). Number: float, double or a pack of them.
  template <class Number>
  [[nodiscard]] std::pair<Number, Number> operator()(const Number& x) const {
    using std::max;
    using std::min;
    using std::experimental::max;
    using std::experimental::min;
    const Number zero(0);
    const Number one(1);
    const Number inside = min(max(x, zero), one);
    const Number beyond = max(x, one) - one;
    auto [value, slope] = polynomial(inside);
    const Number end_slope(static_cast<Element<Number>>(end_slope_));
    value = multiply_add(end_slope, beyond, value);
    slope = select(x > one, end_slope, select(x > zero, slope, zero));
    return {value, slope};
  }

  /// Turns every x into f(x), and writes f'(x) unless `slopes` is empty.
  template <class Scalar>
  void apply(std::span<Scalar> values, std::span<Scalar> slopes) const {
    constexpr std::size_t width = Pack<Scalar>::size();
    std::size_t k = 0;
    for (; k + width <= values.size(); k += width) {
      const auto [value, slope] = (*this)(load(values.data() + k));
      copy_to(value, values.data() + k);
      if (!slopes.empty()) {
        copy_to(slope, slopes.data() + k);
      }
    }
    if (const std::size_t rest = values.size() - k; rest > 0) {
      const auto [value, slope] = (*this)(load_part(values.data() + k, rest));
      copy_part_to(value, values.data() + k, rest);
      if (!slopes.empty()) {
        copy_part_to(slope, slopes.data() + k, rest);
      }
    }
  }

 private:
  template <class Number>
  struct ElementOf {
    using type = Number;
  };
  template <class Scalar, class Abi>
  struct ElementOf<std::experimental::simd<Scalar, Abi>> {
    using type = Scalar;
  };
  template <class Number>
  using Element = typename ElementOf<Number>::type;

  template <class Scalar>
  static Scalar select(bool condition, Scalar yes, Scalar no) {
    return condition ? yes : no;
  }
  template <class Scalar, class Abi>
  static std::experimental::simd<Scalar, Abi> select(const std::experimental::simd_mask<Scalar, Abi>& condition,
                                                     const std::experimental::simd<Scalar, Abi>& yes,
                                                     std::experimental::simd<Scalar, Abi> no) {
    where(condition, no) = yes;
    return no;
  }

  template <class Number>
  [[nodiscard]] std::pair<Number, Number> polynomial(const Number& x) const {
    Number value(0);
    Number slope(0);
    for (auto c = coefficients_.rbegin(); c != coefficients_.rend(); ++c) {
      slope = multiply_add(slope, x, value);
      value = multiply_add(value, x, Number(static_cast<Element<Number>>(*c)));
    }
    return {value * x, multiply_add(slope, x, value)};
  }

  std::vector<double> coefficients_;
  double end_slope_ = 0.0;
};

}  // namespace spinsweep::network
