#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/aligned_vector.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// State of a DemagHistory, newest evaluation first; restoring it continues to the bit.
struct DemagHistoryState {
  std::vector<double> times;                ///< s
  std::vector<std::vector<double>> fields;  ///< A/m, one for each time
};

/// The last three evaluations of the demagnetising field and the polynomial in time through them.
class DemagHistory {
 public:
  explicit DemagHistory(std::size_t field_size);

  /// Forgets everything but an evaluation at `time` (s), which the caller writes to newest().
  void restart(double time);
  /// Makes the candidate the newest evaluation, at `time` (s), and drops the oldest of three.
  void advance(double time);
  [[nodiscard]] std::span<double> newest() { return fields_[order_[0]]; }
  /// Evaluation number `age`, 1 being the one before the newest, and its time (s); age <= degree().
  [[nodiscard]] std::span<double> older(int age) { return fields_[order_[static_cast<std::size_t>(age)]]; }
  [[nodiscard]] double older_time(int age) const { return times_[order_[static_cast<std::size_t>(age)]]; }
  /// Buffer for the next evaluation, which is kept only if advance() is called.
  [[nodiscard]] std::span<double> candidate() { return fields_[order_[3]]; }

  /// The polynomial's value at `time` (s); quadratic once three evaluations are known.
  [[nodiscard]] FieldCombination at(double time) const;
  /// Degree of that polynomial: 0, 1 or 2.
  [[nodiscard]] int degree() const { return count_ - 1; }

  [[nodiscard]] DemagHistoryState state() const;
  /// The state must hold one to three evaluations of this history's size.
  void restore(const DemagHistoryState& state);

 private:
  std::array<AlignedVector<double>, 4> fields_;   ///< A/m
  std::array<double, 4> times_{};                 ///< s, of the field with the same index
  std::array<std::size_t, 4> order_{0, 1, 2, 3};  ///< newest first, the last one is free
  int count_ = 1;
};

}  // namespace spinsweep::micromagnetics
