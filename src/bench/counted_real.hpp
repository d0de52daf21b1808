#pragma once

#include <cstdint>

namespace spinsweep::bench {

/// A number that counts the additions, subtractions and multiplications it takes part in: what the templates of the
/// local terms cost per cell is counted by running them on it.
struct CountedReal {
  double value = 0.0;

  CountedReal() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): coefficients are plain numbers.
  CountedReal(double number) : value(number) {}

  static inline std::int64_t operations = 0;

  friend CountedReal operator+(CountedReal a, CountedReal b) { return counted(a.value + b.value); }
  friend CountedReal operator-(CountedReal a, CountedReal b) { return counted(a.value - b.value); }
  friend CountedReal operator*(CountedReal a, CountedReal b) { return counted(a.value * b.value); }

  friend CountedReal multiply_add(CountedReal a, CountedReal b, CountedReal c) { return a * b + c; }
  friend CountedReal negative_multiply_add(CountedReal a, CountedReal b, CountedReal c) { return c - a * b; }

 private:
  static CountedReal counted(double result) {
    ++operations;
    return {result};
  }
};

}  // namespace spinsweep::bench
