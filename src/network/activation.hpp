#pragma once

#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "base/pack.hpp"

namespace spinsweep::network {

/// Activation function of a device neuron: f(x) = c1 x + c2 x^2 + ... on [0, 1], the polynomial fitted to its
/// normalised conductance; zero for x < 0, where the wall stays outside the detector; and for x > 1 the tangent of the
/// polynomial at 1, since the rectified linear unit that it replaces is not bounded either (docs/decisions/0004). Or
/// the logistic function of networks that others have trained.
class Activation {
 public:
  /// 1/(1 + exp(-x)). Has no coefficients.
  [[nodiscard]] static Activation logistic() { return Activation(); }

  /// coefficients: c1, c2, ...; at least one. {1.0} is the rectified linear unit.
  explicit Activation(std::vector<double> coefficients) : coefficients_(std::move(coefficients)) {
    const double derivative = polynomial(1.0).second;
    end_derivative_ = derivative > 0.0 ? derivative : 0.0;
  }

  [[nodiscard]] const std::vector<double>& coefficients() const { return coefficients_; }

  /// f(x) and f'(x). Number: float, double or a pack of them.
  template <class Number>
  [[nodiscard]] std::pair<Number, Number> operator()(const Number& x) const {
    return is_logistic() ? logistic_at(x) : rectified(x);
  }

  [[nodiscard]] bool is_logistic() const { return coefficients_.empty(); }

  /// Turns every x into f(x), and writes f'(x) unless `derivatives` is empty.
  template <class Scalar>
  void apply(std::span<Scalar> values, std::span<Scalar> derivatives) const {
    if (is_logistic()) {
      apply(values, derivatives, [](const auto& x) { return logistic_at(x); });
    } else {
      apply(values, derivatives, [this](const auto& x) { return this->rectified(x); });
    }
  }

 private:
  Activation() = default;

  template <class Number>
  [[nodiscard]] static std::pair<Number, Number> logistic_at(const Number& x) {
    using std::exp;
    using std::experimental::exp;
    const Number one(1);
    const Number value = one / (one + exp(-x));
    return {value, value * (one - value)};
  }

  template <class Number>
  [[nodiscard]] std::pair<Number, Number> rectified(const Number& x) const {
    using std::max;
    using std::min;
    using std::experimental::max;
    using std::experimental::min;
    const Number zero(0);
    const Number one(1);
    const Number inside = min(max(x, zero), one);
    const Number beyond = max(x, one) - one;
    auto [value, derivative] = polynomial(inside);
    const Number end_derivative(static_cast<Element<Number>>(end_derivative_));
    value = multiply_add(end_derivative, beyond, value);
    derivative = select(x > one, end_derivative, select(x > zero, derivative, zero));
    return {value, derivative};
  }

  template <class Scalar, class Function>
  static void apply(std::span<Scalar> values, std::span<Scalar> derivatives, const Function& function) {
    constexpr std::size_t width = Pack<Scalar>::size();
    std::size_t k = 0;
    for (; k + width <= values.size(); k += width) {
      const auto [value, derivative] = function(load(values.data() + k));
      copy_to(value, values.data() + k);
      if (!derivatives.empty()) {
        copy_to(derivative, derivatives.data() + k);
      }
    }
    if (const std::size_t rest = values.size() - k; rest > 0) {
      const auto [value, derivative] = function(load_part(values.data() + k, rest));
      copy_part_to(value, values.data() + k, rest);
      if (!derivatives.empty()) {
        copy_part_to(derivative, derivatives.data() + k, rest);
      }
    }
  }

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
    Number derivative(0);
    for (auto c = coefficients_.rbegin(); c != coefficients_.rend(); ++c) {
      derivative = multiply_add(derivative, x, value);
      value = multiply_add(value, x, Number(static_cast<Element<Number>>(*c)));
    }
    return {value * x, multiply_add(derivative, x, value)};
  }

  std::vector<double> coefficients_;
  double end_derivative_ = 0.0;
};

}  // namespace spinsweep::network
