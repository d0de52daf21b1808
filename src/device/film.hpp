#pragma once

#include <memory>

#include "device/common_parameters.hpp"
#include "micromagnetics/film.hpp"
#include "micromagnetics/row_decomposition.hpp"

namespace spinsweep::device {

/// Whether the anisotropy varies from cell to cell.
[[nodiscard]] bool has_varying_anisotropy(const CommonParameters& parameters);
/// The same of the DMI, the saturation magnetisation, and the exchange of pairs of cells.
[[nodiscard]] bool has_varying_dmi(const CommonParameters& parameters);
[[nodiscard]] bool has_varying_saturation_magnetization(const CommonParameters& parameters);
[[nodiscard]] bool has_varying_exchange(const CommonParameters& parameters);

/// What of the material varies from cell to cell; null if nothing does.
[[nodiscard]] std::shared_ptr<const micromagnetics::MaterialMaps> make_material_maps(
    const CommonParameters& parameters);

/// The ferromagnetic film of a device.
[[nodiscard]] micromagnetics::Film make_film(const CommonParameters& parameters);
/// The same on all ranks that share the film: an error of one of them is an error of all.
[[nodiscard]] micromagnetics::Film make_film(const CommonParameters& parameters,
                                             const micromagnetics::RowDecomposition& decomposition);

}  // namespace spinsweep::device
