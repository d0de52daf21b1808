#pragma once

#include <cstdint>
#include <vector>

#include "analysis/jump_table_file.hpp"

namespace spinsweep::network {

/// The change of a device's normalised conductance by one pulse of a jump table. Between the conductances and the
/// points of the distribution that the table has, it is linear.
class JumpSampler {
 public:
  /// lowest, span: conductance that is 0, and the range that becomes 1; S.
  JumpSampler(const analysis::JumpTable& table, double lowest, double span);

  /// draw: uniform in [0, 1), the place in the distribution.
  [[nodiscard]] float change(float g, float draw) const {
    const Place column = place(g, origin_, columns_per_unit_, columns_);
    const Place row = place(draw, 0.0F, static_cast<float>(rows_ - 1), rows_);
    const float* const changes = changes_.data();
    const std::int32_t left = column.index * rows_ + row.index;
    const std::int32_t right = left + rows_;
    const float at_left = changes[left] + row.rest * (changes[left + 1] - changes[left]);
    const float at_right = changes[right] + row.rest * (changes[right + 1] - changes[right]);
    return at_left + column.rest * (at_right - at_left);
  }

  /// Of change() over all draws.
  [[nodiscard]] float mean(float g) const {
    const Place column = place(g, origin_, columns_per_unit_, columns_);
    const float* const means = means_.data();
    return means[column.index] + column.rest * (means[column.index + 1] - means[column.index]);
  }

  /// Mean of mean(g) for g from `from` to `to`.
  [[nodiscard]] double mean_between(double from, double to) const;

 private:
  // Of 32 bits, as the conductances are, so that a loop over devices becomes vector instructions.
  struct Place {
    std::int32_t index = 0;
    float rest = 0.0F;  ///< fraction of the way to index + 1
  };

  /// On a grid of `count` points, the first of which is at `origin`. What lies outside is moved to its end.
  [[nodiscard]] static Place place(float x, float origin, float per_unit, std::int32_t count) {
    const auto end = static_cast<float>(count - 1);
    float at = (x - origin) * per_unit;
    at = at > 0.0F ? at : 0.0F;
    at = at < end ? at : end;
    auto index = static_cast<std::int32_t>(at);
    index = index < count - 2 ? index : count - 2;
    return {index, at - static_cast<float>(index)};
  }

  std::int32_t columns_;
  std::int32_t rows_;
  float origin_;
  float columns_per_unit_;
  std::vector<float> changes_;  ///< [conductance][point of the distribution], both equally spaced
  std::vector<float> means_;    ///< [conductance]
};

/// Both directions of a device's pulses, as functions of its normalised conductance: 0 at the lowest conductance of the
/// tables, 1 at the highest.
struct PulseModel {
  double lowest;  ///< S
  double span;    ///< S
  JumpSampler increasing;
  JumpSampler decreasing;

  /// Errors: InputError if the tables have no range of conductance.
  explicit PulseModel(const analysis::JumpTables& tables);
};

}  // namespace spinsweep::network
