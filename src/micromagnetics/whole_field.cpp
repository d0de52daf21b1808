#include "micromagnetics/whole_field.hpp"

#include <algorithm>
#include <cstddef>

namespace spinsweep::micromagnetics {

namespace {

/// Position of some rows of a component in the whole field: whole rows with their padding.
struct Part {
  std::size_t begin;
  std::size_t count;
};

Part part_of(const FieldLayout& whole, Rows rows) {
  return {static_cast<std::size_t>(rows.begin + 1) * whole.row_stride(),
          static_cast<std::size_t>(rows.count()) * whole.row_stride()};
}

/// Calls gather(own part, whole component, counts, offsets) for each component.
template <class Gather>
void for_each_component(const Mesh& mesh, const RowDecomposition& decomposition, std::span<const double> own,
                        double* whole, Gather gather) {
  const FieldLayout layout(mesh);
  const std::size_t own_size = FieldLayout(own_mesh(mesh, decomposition)).component_size();
  std::vector<int> counts;
  std::vector<int> offsets;
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Part part = part_of(layout, decomposition.of(rank));
    counts.push_back(static_cast<int>(part.count));
    offsets.push_back(static_cast<int>(part.begin));
  }
  for (std::size_t component = 0; component < 3; ++component) {
    gather(own.data() + component * own_size + layout.row_stride(),
           whole == nullptr ? nullptr : whole + component * layout.component_size(), counts.data(), offsets.data());
  }
}

}  // namespace

std::vector<double> own_rows(const Mesh& mesh, const RowDecomposition& decomposition, std::span<const double> whole) {
  const FieldLayout layout(mesh);
  const FieldLayout own_layout(own_mesh(mesh, decomposition));
  const Part part = part_of(layout, decomposition.own());
  std::vector<double> own(own_layout.size(), 0.0);
  for (std::size_t component = 0; component < 3; ++component) {
    std::copy_n(whole.data() + component * layout.component_size() + part.begin, part.count,
                own.data() + component * own_layout.component_size() + own_layout.row_stride());
  }
  return own;
}

std::vector<double> gather_on_first(const Mesh& mesh, const RowDecomposition& decomposition,
                                    std::span<const double> own) {
  if (!decomposition.shared()) {
    return {own.begin(), own.end()};
  }
  std::vector<double> whole;
  decomposition.collectively([&] { whole.assign(decomposition.rank() == 0 ? FieldLayout(mesh).size() : 0, 0.0); });
  for_each_component(mesh, decomposition, own, whole.empty() ? nullptr : whole.data(),
                     [&](const double* part, double* component, const int* counts, const int* offsets) {
                       MPI_Gatherv(part, counts[decomposition.rank()], MPI_DOUBLE, component, counts, offsets,
                                   MPI_DOUBLE, 0, decomposition.group()->get());
                     });
  return whole;
}

std::vector<double> gather_on_all(const Mesh& mesh, const RowDecomposition& decomposition,
                                  std::span<const double> own) {
  if (!decomposition.shared()) {
    return {own.begin(), own.end()};
  }
  std::vector<double> whole;
  decomposition.collectively([&] { whole.assign(FieldLayout(mesh).size(), 0.0); });
  for_each_component(mesh, decomposition, own, whole.data(),
                     [&](const double* part, double* component, const int* counts, const int* offsets) {
                       MPI_Allgatherv(part, counts[decomposition.rank()], MPI_DOUBLE, component, counts, offsets,
                                      MPI_DOUBLE, decomposition.group()->get());
                     });
  return whole;
}

}  // namespace spinsweep::micromagnetics
