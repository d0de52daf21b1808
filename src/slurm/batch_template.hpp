#pragma once

#include <string_view>

namespace spinsweep::slurm {

/// jobs/submit.sh.in, compiled in: words like @NODES@ stand for what submit fills in.
extern const std::string_view batch_template;

}  // namespace spinsweep::slurm
