#include "micromagnetics/sublattices.hpp"

namespace spinsweep::micromagnetics {

namespace {

Mesh mesh_of_one_colour(const Mesh& mesh, const RowDecomposition& decomposition) {
  Mesh half = own_mesh(mesh, decomposition);
  half.nx = (mesh.nx + 1) / 2;
  return half;
}

}  // namespace

Sublattices::Sublattices(const Mesh& mesh, const RowDecomposition& decomposition)
    : film_(own_mesh(mesh, decomposition)),
      layout_(mesh_of_one_colour(mesh, decomposition)),
      first_row_(decomposition.own().begin),
      ghost_rows_(layout_, decomposition) {
  for (auto& field : fields_) {
    field.assign(layout_.size(), 0.0);
  }
}

void Sublattices::split(std::span<const double> field) {
  for (int colour = 0; colour < 2; ++colour) {
    for (std::size_t component = 0; component < 3; ++component) {
      for (int j = 0; j < layout_.ny(); ++j) {
        // Behind a row's last cell lies a zero, which becomes the last position of the shorter colour.
        const double* from = field.data() + component * film_.component_size() + film_.index(offset(colour, j), j);
        double* to = data(colour) + component * layout_.component_size() + layout_.index(0, j);
        for (int p = 0; p < layout_.nx(); ++p) {
          to[p] = from[2 * p];
        }
      }
    }
    exchange_ghosts(colour);
  }
}

void Sublattices::join(std::span<double> field) const {
  for (std::size_t component = 0; component < 3; ++component) {
    for (int j = 0; j < layout_.ny(); ++j) {
      const int even = offset(0, j) == 0 ? 0 : 1;
      const std::size_t row = component * layout_.component_size() + layout_.index(0, j);
      const double* first = fields_[static_cast<std::size_t>(even)].data() + row;
      const double* second = fields_[static_cast<std::size_t>(1 - even)].data() + row;
      double* to = field.data() + component * film_.component_size() + film_.index(0, j);
      for (int p = 0; p < film_.nx() / 2; ++p) {
        to[2 * p] = first[p];
        to[2 * p + 1] = second[p];
      }
      if (film_.nx() % 2 == 1) {
        to[film_.nx() - 1] = first[film_.nx() / 2];
      }
    }
  }
}

void Sublattices::exchange_ghosts(int colour) {
  ghost_rows_.exchange(data(colour), {0, layout_.nx()});
}

}  // namespace spinsweep::micromagnetics
