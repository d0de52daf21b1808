#pragma once

#include <string>

#include "study/study.hpp"

namespace spinsweep::study {

/// Makes sure that wall.file, if it is given, can be read and fits the track of every case. Errors: InputError that
/// begins with `place`, the file:line:column of the key.
void check_wall_file(const DevicePlan& plan, const std::string& place);

}  // namespace spinsweep::study
