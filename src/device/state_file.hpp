#pragma once

#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/ovf.hpp"

namespace spinsweep::device {

/// The magnetisation that the file initial_wall.file holds, in the layout of the track's mesh, normalised, zero in the
/// notches whatever the file has there. Errors: EnvironmentError if the file cannot be read, InputError if it is not a
/// magnetisation of this track: another mesh, or a vector of a magnetic cell that is not of unit length.
[[nodiscard]] std::vector<double> state_from_file(const DeviceParameters& parameters);

/// The same for a field that has been read.
[[nodiscard]] std::vector<double> state_from_field(const DeviceParameters& parameters,
                                                   const micromagnetics::OvfField& field);

}  // namespace spinsweep::device
