#pragma once

namespace spinsweep::micromagnetics {

/// Columns [begin, end) of a mesh.
struct Columns {
  int begin = 0;
  int end = 0;

  [[nodiscard]] int count() const { return end - begin; }
  [[nodiscard]] bool empty() const { return end <= begin; }

  friend bool operator==(const Columns&, const Columns&) = default;
};

}  // namespace spinsweep::micromagnetics
