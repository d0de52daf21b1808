#pragma once

#include <string>

namespace spinsweep::cli {

/// For the subcommands that do something once. Errors: InputError if mpirun started several ranks.
void require_one_rank(const std::string& command);

}  // namespace spinsweep::cli
