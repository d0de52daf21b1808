#pragma once

#include <utility>
#include <vector>

namespace spinsweep::network {

/// What a device neuron computes: f(x) = c1 x + c2 x^2 + ... on [0, 1], the polynomial fitted to its normalised
/// conductance; zero for x < 0, where the wall stays outside the detector; and beyond 1 the straight line that
/// continues the polynomial, as the rectified linear unit it stands for has no end either (docs/decisions/0004).
class Activation {
 public:
  /// coefficients: c1, c2, ...; at least one. {1.0} is the rectified linear unit.
  explicit Activation(std::vector<double> coefficients) : coefficients_(std::move(coefficients)) {
    end_value_ = polynomial(1.0).first;
    end_slope_ = polynomial(1.0).second > 0.0 ? polynomial(1.0).second : 0.0;
  }

  [[nodiscard]] const std::vector<double>& coefficients() const { return coefficients_; }

  /// f(x) and f'(x).
  template <class Scalar>
  [[nodiscard]] std::pair<Scalar, Scalar> operator()(Scalar x) const {
    if (!(x > Scalar(0))) {
      return {Scalar(0), Scalar(0)};
    }
    if (x > Scalar(1)) {
      return {static_cast<Scalar>(end_value_) + static_cast<Scalar>(end_slope_) * (x - Scalar(1)),
              static_cast<Scalar>(end_slope_)};
    }
    return polynomial(x);
  }

 private:
  template <class Scalar>
  [[nodiscard]] std::pair<Scalar, Scalar> polynomial(Scalar x) const {
    Scalar value(0);
    Scalar slope(0);
    for (auto c = coefficients_.rbegin(); c != coefficients_.rend(); ++c) {
      slope = slope * x + value;
      value = value * x + static_cast<Scalar>(*c);
    }
    return {value * x, slope * x + value};
  }

  std::vector<double> coefficients_;
  double end_value_ = 0.0;
  double end_slope_ = 0.0;
};

}  // namespace spinsweep::network
