#include "micromagnetics/chessboard_materials.hpp"

namespace spinsweep::micromagnetics {

ChessboardMaterials::ChessboardMaterials(const LocalMaterials& materials, const FieldLayout& film,
                                         const Sublattices& sublattices)
    : size_(sublattices.layout().component_size()) {
  const FieldLayout& layout = sublattices.layout();
  const std::size_t row = film.row_stride();
  const auto of_cell = materials.moment();
  for (int colour = 0; colour < 2; ++colour) {
    AlignedVector<double>& arrays = arrays_[static_cast<std::size_t>(colour)];
    arrays.assign(quantities * size_, 0.0);
    for (int j = 0; j < layout.ny(); ++j) {
      for (int i = sublattices.offset(colour, j); i < film.nx(); i += 2) {
        const std::size_t k = film.index(i, j);
        const std::size_t here = layout.index(i / 2, j);
        const auto put = [&](Quantity quantity, double value) { arrays[quantity * size_ + here] = value; };
        const auto local = materials.varied().at<double>(k, row);
        put(exchange_east, local.exchange_east);
        put(exchange_west, local.exchange_west);
        put(exchange_north, local.exchange_north);
        put(exchange_south, local.exchange_south);
        put(anisotropy, local.anisotropy);
        put(axis_x, local.axis.x);
        put(axis_y, local.axis.y);
        put(axis_z, local.axis.z);
        put(dmi_east, local.dmi_east);
        put(dmi_west, local.dmi_west);
        put(dmi_north, local.dmi_north);
        put(dmi_south, local.dmi_south);
        put(inverse_moment, local.inverse_moment);
        put(torque, local.torque);
        put(moment, of_cell[k]);
        put(moment_east, of_cell[k + 1]);
        put(moment_west, of_cell[k - 1]);
        put(moment_north, of_cell[k + row]);
        put(moment_south, of_cell[k - row]);
      }
    }
  }
}

}  // namespace spinsweep::micromagnetics
