#pragma once

#include <vector>

#include "device/parameters.hpp"
#include "fields/file_field.hpp"

namespace spinsweep::device {

/// The magnetisation in initial_wall.file, in the layout of the track's mesh, normalised and zero in the notches, where
/// the file is ignored. Errors: those of fields::read_bytes() and fields::read_file_field(); InputError if it is not a
/// magnetisation of this track: numbers, another mesh, or a vector of a magnetic cell that is not of unit length.
[[nodiscard]] std::vector<double> state_from_file(const DeviceParameters& parameters);

/// The same for a field that has been read.
[[nodiscard]] std::vector<double> state_from_field(const DeviceParameters& parameters, const fields::FileField& field);

}  // namespace spinsweep::device
