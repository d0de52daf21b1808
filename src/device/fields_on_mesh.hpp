#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "device/common_parameters.hpp"
#include "micromagnetics/vector3.hpp"

namespace spinsweep::device {

/// The share of each cell of the device's mesh that mask.file calls magnetic; empty without one. A picture is scaled to
/// the track, each cell having the mean of what it covers; a field has the cells of the track. Cells beyond the edges
/// of the track, as in bulges, have what the next cell of the track has. Mirror images of pictures give mirror images.
/// Errors: InputError if the file does not fit the track or has a share that is not between 0 and 1.
[[nodiscard]] std::vector<double> shares_of_mask_file(const CommonParameters& parameters);

/// The numbers that a map may have.
enum class MapValues {
  any,
  not_negative,
  magnitudes  ///< not negative, or vectors of that length
};

/// A key of `maps` whose file holds a number for each cell.
struct MapKey {
  std::string_view path;
  std::string MaterialFiles::*file;
  MapValues values;
};

inline constexpr MapKey saturation_magnetization_map{"maps.saturation_magnetization",
                                                     &MaterialFiles::saturation_magnetization, MapValues::magnitudes};
inline constexpr MapKey exchange_stiffness_map{"maps.exchange_stiffness", &MaterialFiles::exchange_stiffness,
                                               MapValues::not_negative};
inline constexpr MapKey anisotropy_map{"maps.anisotropy", &MaterialFiles::anisotropy, MapValues::any};
inline constexpr MapKey dmi_map{"maps.dmi", &MaterialFiles::dmi, MapValues::any};

/// What the file of a key holds for each cell of the device's mesh; empty without one. Errors: InputError if the file
/// does not fit the track or has other values.
[[nodiscard]] std::vector<double> map_of(const CommonParameters& parameters, const MapKey& key);

/// The axis of the anisotropy of each cell as unit vectors; otherwise as map_of().
[[nodiscard]] std::vector<micromagnetics::Vector3> map_of_axes(const CommonParameters& parameters);

}  // namespace spinsweep::device
