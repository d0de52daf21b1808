#pragma once

#include <string>

namespace spinsweep::cli {

/// For subcommands that run on one rank. Errors: InputError if mpirun started several ranks.
void require_one_rank(const std::string& command);

}  // namespace spinsweep::cli
