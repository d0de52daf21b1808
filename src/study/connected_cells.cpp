#include "study/connected_cells.hpp"

#include <algorithm>
#include <vector>

namespace spinsweep::study {

micromagnetics::Columns magnetic_columns(const micromagnetics::Mesh& mesh, const micromagnetics::Mask& mask) {
  micromagnetics::Columns columns{mesh.nx, 0};
  for (std::size_t cell = 0; cell < mask.size(); ++cell) {
    if (mask[cell] != 0) {
      const auto column = static_cast<int>(cell % static_cast<std::size_t>(mesh.nx));
      columns = {std::min(columns.begin, column), std::max(columns.end, column + 1)};
    }
  }
  return columns.end == 0 ? micromagnetics::Columns{0, 0} : columns;
}

bool connects(const micromagnetics::Mesh& mesh, micromagnetics::Mask mask, micromagnetics::Columns columns) {
  const auto nx = static_cast<std::size_t>(mesh.nx);
  std::vector<std::size_t> reached;
  const auto reach = [&](std::size_t cell) {
    if (mask[cell] != 0) {
      mask[cell] = 0;
      reached.push_back(cell);
    }
  };
  for (auto cell = static_cast<std::size_t>(columns.begin); cell < mask.size(); cell += nx) {
    reach(cell);
  }
  for (std::size_t next = 0; next < reached.size(); ++next) {
    const std::size_t cell = reached[next];
    if (static_cast<int>(cell % nx) + 1 == columns.end) {
      return true;
    }
    reach(cell + 1);
    if (cell % nx > 0) {
      reach(cell - 1);
    }
    if (cell >= nx) {
      reach(cell - nx);
    }
    if (cell + nx < mask.size()) {
      reach(cell + nx);
    }
  }
  return false;
}

}  // namespace spinsweep::study
