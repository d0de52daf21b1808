#pragma once

#include <string>

#include "slurm/batch_script.hpp"

namespace spinsweep::slurm {

/// Writes the scripts of batch_scripts() and submits them; the second of two starts after the first has succeeded.
/// Returns a text for the user: the job numbers or, for a dry run, which writes and submits nothing, the scripts.
/// Errors: InputError as of read_study() and batch_scripts(), or if a script with another content is there;
/// EnvironmentError if a script cannot be written or sbatch refuses.
[[nodiscard]] std::string submit(const SubmitRequest& request);

}  // namespace spinsweep::slurm
