#pragma once

#include <cstddef>
#include <optional>

namespace spinsweep::startup {

/// The index in instruction_sets that the program is compiled for. A constant, since it is read before the program's
/// static objects are constructed.
extern const std::optional<std::size_t> instruction_set_of_program;

}  // namespace spinsweep::startup
