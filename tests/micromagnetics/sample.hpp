#pragma once

#include <cmath>

namespace spinsweep::tests {

/// Mean and its standard error of numbers that are independent of each other.
class Sample {
 public:
  void add(double value) {
    ++count_;
    sum_ += value;
    squares_ += value * value;
  }
  [[nodiscard]] double mean() const { return sum_ / count_; }
  [[nodiscard]] double error() const { return std::sqrt((squares_ / count_ - mean() * mean()) / (count_ - 1)); }

 private:
  double count_ = 0.0;
  double sum_ = 0.0;
  double squares_ = 0.0;
};

/// Chance that a sample's mean is this many standard errors off: 1 in 16000. The seeds are fixed, so a test that passes
/// once passes always.
constexpr double four_errors = 4.0;

}  // namespace spinsweep::tests
