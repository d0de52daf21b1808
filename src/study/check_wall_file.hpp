#pragma once

#include <string>

#include "study/study.hpp"

namespace spinsweep::study {

/// Makes sure that initial_wall.file, if it is given, can be read, fits the track of every case and, if the plan has
/// its checksum, is still the same; notes the checksum in the plan. Errors: InputError that begins with `place`, the
/// file:line:column of the key.
void check_wall_file(DevicePlan& plan, const std::string& place);

}  // namespace spinsweep::study
